package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static dev.logshipper.testkit.Records.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class LaneSenderTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final FakeSink sink = new FakeSink();
  private final CapturedOutput said = new CapturedOutput(Level.DEBUG);

  @Test
  void theLimitsOfASinkAreAskedForOnce() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    sendTo(lane("fake", new CountingLimits(sink, asked)), "a");
    assertThat(asked).hasValue(1);
  }

  static Stream<Throwable> defects() {
    return Stream.of(
        new IllegalStateException("hunter2"),
        new NoClassDefFoundError("hunter2"),
        new AssertionError("hunter2"),
        new StackOverflowError("hunter2"));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aDefectInASendIsAnAttemptAndItsKindIsSaidOnceTheDestinationCountsAsDown(Throwable defect)
      throws InterruptedException {
    FakeSink.Response broken =
        (batch, deadline) -> {
          throw unchecked(defect);
        };
    sink.responding(broken, broken, broken);
    LaneLedger ledger = send("a");
    assertThat(ledger).isEqualTo(new LaneLedger("fake", 1, 1, Map.of(), 0, 4, 3));
    assertThat(said.text()).contains(defect.getClass().getName()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aSinkThatCannotBeOpenedIsOffAndItsKindOfDefectIsSaid(Throwable defect)
      throws InterruptedException {
    assertIsOff(() -> {
      throw unchecked(defect);
    });
    assertThat(said.text()).contains(defect.getClass().getName()).doesNotContain("hunter2");
  }

  @Test
  void aSinkWhoseSettingsContradictIsOffAndItsOwnWordsAreSaid() throws InterruptedException {
    assertIsOff(() -> {
      throw new IllegalArgumentException("A and B: expected one of them");
    });
    assertThat(said.lines())
        .containsExactly(
            "log-shipper: fake: the sink cannot be opened (A and B: expected one of them); records"
                + " for it are dropped and counted");
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aSinkThatCannotSayItsLimitsIsOff(Throwable defect) throws InterruptedException {
    assertIsOff(() -> new BrokenSink(defect));
    assertThat(said.text()).contains(defect.getClass().getName()).doesNotContain("hunter2");
  }

  @Test
  @SuppressWarnings("NullAway") // a stranger's code need not know of our annotations
  void aProviderThatGivesNoSinkIsOff() throws InterruptedException {
    assertIsOff(() -> null);
    assertThat(said.text()).contains("fake: the sink cannot be opened");
  }

  @Test
  @SuppressWarnings("NullAway") // a stranger's code need not know of our annotations
  void aSendThatGivesNoResultIsAnAttempt() throws InterruptedException {
    Sink silent = new SilentOnce();
    assertThat(sendTo(lane("fake", silent), "a"))
        .isEqualTo(new LaneLedger("fake", 1, 1, Map.of(), 0, 2, 1));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aDefectInAClosingSinkCostsNothing(Throwable defect) throws InterruptedException {
    assertThat(sendTo(lane("fake", new BrokenClose(defect)), "a").delivered()).isEqualTo(1);
    assertThat(said.text()).contains(defect.getClass().getName()).doesNotContain("hunter2");
  }

  private void assertIsOff(Supplier<Sink> opener) throws InterruptedException {
    Pipeline pipeline = Pipelines.of(said, lane("fake", opener));
    pipeline.accept(lines("a"));
    pipeline.start();
    assertThat(pipeline.flush(in(LONG))).isTrue();
    pipeline.accept(lines("b"));
    assertThat(pipeline.typicalSendNanos()).isEmpty();
    assertThat(pipeline.close(in(LONG)).getFirst().dropped())
        .isEqualTo(Map.of(DropReason.SINK_OFF, 2L));
  }

  /// Everything is sent by closing, so that no backoff takes long.
  private LaneLedger send(String... texts) throws InterruptedException {
    return sendTo(lane("fake", sink), texts);
  }

  private LaneLedger sendTo(LaneConfig lane, String... texts) throws InterruptedException {
    Pipeline pipeline = Pipelines.of(said, lane);
    pipeline.accept(lines(texts));
    pipeline.start();
    return pipeline.close(in(Duration.ofSeconds(20))).getFirst();
  }

  private static RuntimeException unchecked(Throwable defect) {
    if (defect instanceof Error error) {
      throw error;
    }
    return (RuntimeException) defect;
  }

  private record CountingLimits(FakeSink sink, AtomicInteger asked) implements Sink {
    @Override
    public BatchLimits limits() {
      asked.incrementAndGet();
      return sink.limits();
    }

    @Override
    public SendResult send(Batch batch, Deadline deadline)
        throws IOException, InterruptedException {
      return sink.send(batch, deadline);
    }

    @Override
    public void close() {
      sink.close();
    }
  }

  private record BrokenSink(Throwable defect) implements Sink {
    @Override
    public BatchLimits limits() {
      throw unchecked(defect);
    }

    @Override
    public SendResult send(Batch batch, Deadline deadline) {
      throw new AssertionError("limits come first");
    }

    @Override
    public void close() {}
  }

  private record BrokenClose(Throwable defect) implements Sink {
    @Override
    public BatchLimits limits() {
      return new BatchLimits(1, 100, 100, 0);
    }

    @Override
    public SendResult send(Batch batch, Deadline deadline) {
      return SendResult.DELIVERED;
    }

    @Override
    public void close() {
      throw unchecked(defect);
    }
  }

  private static final class SilentOnce implements Sink {
    private boolean spoken;

    @Override
    public BatchLimits limits() {
      return new BatchLimits(1, 100, 100, 0);
    }

    @Override
    @SuppressWarnings("NullAway") // that is the defect
    public SendResult send(Batch batch, Deadline deadline) {
      SendResult result = spoken ? SendResult.DELIVERED : null;
      spoken = true;
      return result;
    }

    @Override
    public void close() {}
  }
}
