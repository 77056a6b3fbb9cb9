package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Wait;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PipelineCloseTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(150);

  private final FakeSink sink = new FakeSink();
  private final CapturedOutput said = new CapturedOutput();

  @Test
  void whatIsLeftIsSent() throws InterruptedException {
    Pipeline pipeline = started();
    pipeline.accept(lines("a", "b"));
    assertThat(pipeline.close(in(LONG)))
        .containsExactly(new LaneLedger("fake", 2, 2, Map.of(), 0, 1, 0));
    assertThat(sink.closes()).isEqualTo(1);
    assertThat(sink.violations()).isZero();
  }

  @Test
  void nothingIsSentAfterwards() throws InterruptedException {
    Pipeline pipeline = started();
    pipeline.close(in(LONG));
    pipeline.accept(lines("late"));
    pipeline.flush(in(Duration.ofMillis(20)));
    assertThat(sink.hasNoMoreSent()).isTrue();
    assertThat(pipeline.ledgers().getFirst().undelivered()).isEqualTo(1);
  }

  @Test
  void aLaneWhoseSinkIsOpenedTooLateSendsNothingAnyMore() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    Pipeline pipeline = Pipelines.of(said, lane("fake", () -> openedAfter(release)));
    pipeline.start();
    pipeline.close(in(LONG));
    pipeline.accept(lines("late"));
    release.countDown();
    Wait.until(() -> sink.closes() == 1);
    assertThat(sink.hasNoMoreSent()).isTrue();
  }

  private Sink openedAfter(CountDownLatch release) {
    while (release.getCount() > 0) {
      Thread.onSpinWait();
    }
    return sink;
  }

  @Test
  void aLaneThatIsLateIsInterruptedAndSendsNothingThoughItHidesThat() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    Pipeline pipeline = Pipelines.of(said, lane("fake", () -> openedWhenInterrupted(interrupted)));
    pipeline.start();
    pipeline.close(in(LONG));
    pipeline.accept(lines("late"));
    Wait.open(interrupted);
    Wait.until(() -> sink.closes() == 1);
    assertThat(sink.hasNoMoreSent()).isTrue();
  }

  private Sink openedWhenInterrupted(CountDownLatch interrupted) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      interrupted.countDown();
    }
    return sink;
  }

  @Test
  void aHangingSendIsInterruptedInTime() throws InterruptedException {
    CountDownLatch begun = sink.hanging();
    Pipeline pipeline = started();
    pipeline.accept(lines("a"));
    pipeline.requestFlush();
    Wait.open(begun);
    long start = System.nanoTime();
    List<LaneLedger> ledgers = pipeline.close(in(SHORT));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(ledgers).containsExactly(new LaneLedger("fake", 1, 0, Map.of(), 1, 1, 0));
    assertThat(sink.violations()).isZero();
  }

  @Test
  void aSendThatMakesAnIoExceptionOfTheInterruptIsNotRepeated() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    sink.responding((batch, deadline) -> {
      begun.countDown();
      return hangUntilInterrupted();
    });
    Pipeline pipeline = started();
    pipeline.accept(lines("a"));
    pipeline.requestFlush();
    Wait.open(begun);
    assertThat(pipeline.close(in(SHORT)))
        .containsExactly(new LaneLedger("fake", 1, 0, Map.of(), 1, 1, 0));
  }

  private static SendResult hangUntilInterrupted() throws IOException {
    try {
      new CountDownLatch(1).await();
      return SendResult.DELIVERED;
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Test
  void aSinkThatIgnoresTheInterruptDoesNotHoldTheEndUp() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    sink.responding((batch, deadline) -> {
      begun.countDown();
      while (release.getCount() > 0) {
        Thread.onSpinWait();
      }
      return SendResult.DELIVERED;
    });
    Pipeline pipeline = started();
    pipeline.accept(lines("a"));
    pipeline.requestFlush();
    Wait.open(begun);
    List<LaneLedger> ledgers = pipeline.close(in(SHORT));
    release.countDown();
    assertThat(ledgers).containsExactly(new LaneLedger("fake", 1, 0, Map.of(), 1, 1, 0));
  }

  @Test
  void aRestEndsAtOnce() throws InterruptedException {
    sink.responding(SendResult.busy(LONG, "throttled"));
    Pipeline pipeline = started();
    pipeline.accept(lines("a"));
    // A flush gives up as soon as the lane rests for longer than it may wait.
    assertThat(pipeline.flush(in(Duration.ofSeconds(40)))).isFalse();
    assertThat(pipeline.close(in(LONG)))
        .containsExactly(new LaneLedger("fake", 1, 1, Map.of(), 0, 2, 1));
  }

  @Test
  void aDestinationBehindAnOpenBreakerGetsAnotherChance() throws InterruptedException {
    SendResult down = SendResult.retry("down");
    sink.responding(down, down, down);
    Pipeline pipeline = started();
    pipeline.accept(lines("a"));
    pipeline.flush(in(LONG));
    assertThat(pipeline.typicalSendNanos()).isEmpty();
    assertThat(pipeline.close(in(LONG)).getFirst().delivered()).isEqualTo(1);
  }

  @Test
  void aDeadDestinationIsTriedUntilTheDeadlineAndNotBeyond() throws InterruptedException {
    for (int i = 0; i < 10_000; i++) {
      sink.responding(SendResult.retry("down"));
    }
    Pipeline pipeline = started();
    pipeline.accept(lines("a"));
    long start = System.nanoTime();
    LaneLedger ledger = pipeline.close(in(SHORT)).getFirst();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(ledger.undelivered()).isEqualTo(1);
    assertThat(ledger.requests()).isGreaterThan(1);
    assertThat(sink.closes()).isEqualTo(1);
  }

  @Test
  void aSendIsToldOfTheTimeLeft() throws InterruptedException {
    BlockingQueue<Duration> left = new LinkedBlockingQueue<>();
    FakeSink.Response telling = (batch, deadline) -> tell(left, deadline);
    sink.responding(telling, telling);
    Pipeline pipeline = started();
    pipeline.accept(lines("a"));
    pipeline.flush(in(LONG));
    assertThat(Wait.next(left)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    pipeline.accept(lines("b"));
    pipeline.close(in(Duration.ofSeconds(10)));
    assertThat(Wait.next(left)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
  }

  private static SendResult tell(BlockingQueue<Duration> left, Deadline deadline) {
    left.add(deadline.remaining());
    return SendResult.DELIVERED;
  }

  @Test
  void aDeadlineThatHasPassedEndsItAtOnce() throws InterruptedException {
    Pipeline pipeline = started();
    pipeline.accept(lines("a"));
    assertThat(pipeline.close(in(Duration.ofMillis(-1))).getFirst().received()).isEqualTo(1);
  }

  private Pipeline started() {
    Pipeline pipeline = Pipelines.of(said, lane("fake", sink));
    pipeline.start();
    return pipeline;
  }
}
