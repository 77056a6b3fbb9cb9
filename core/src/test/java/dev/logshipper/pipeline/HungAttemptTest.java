package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Wait;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A request that hangs once does not cost its records when there is little time left.
@Timeout(30)
class HungAttemptTest {
  private static final long MILLI = 1_000_000;
  private static final Duration SHUTDOWN = Duration.ofMillis(1_400);

  private final FakeSink sink = new FakeSink();
  private final CapturedOutput output = new CapturedOutput();
  private final Pipeline pipeline = Pipelines.of(output, lane("fake", sink));

  @Test
  void theShutdownSendsTheBatchAgain() throws InterruptedException {
    pipeline.start();
    pipeline.accept(lines("a"));
    pipeline.flush(in(SHUTDOWN));
    CountDownLatch begun = sink.hanging();
    pipeline.accept(lines("b", "c"));
    pipeline.requestFlush();
    Wait.open(begun);
    LaneLedger ledger = pipeline.close(in(SHUTDOWN)).getFirst();
    assertThat(ledger).isEqualTo(new LaneLedger("fake", 3, 3, Map.of(), 0, 3, 1));
    sink.nextSent();
    Batch hung = sink.nextSent();
    assertThat(sink.nextSent().id()).isEqualTo(hung.id());
    assertThat(sink.violations()).isZero();
  }

  @Test
  void aHoldInVainSendsTheBatchAgainOnce() throws InterruptedException {
    pipeline.start();
    pipeline.accept(lines("a"));
    pipeline.flush(in(SHUTDOWN));
    sink.hanging();
    pipeline.accept(lines("b"));
    assertThat(pipeline.flush(in(SHUTDOWN))).isFalse();
    Wait.until(() -> sink.arrived().size() == 2);
    assertThat(pipeline.typicalSendNanos()).isPresent();
  }

  @Test
  void aResultThatIsThereIsUsedThoughTheAttemptWasAbandoned() throws InterruptedException {
    pipeline.start();
    pipeline.accept(lines("a"));
    pipeline.flush(in(SHUTDOWN));
    CountDownLatch begun = new CountDownLatch(1);
    sink.responding((batch, deadline) -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return SendResult.DELIVERED;
    });
    pipeline.accept(lines("b"));
    pipeline.requestFlush();
    Wait.open(begun);
    LaneLedger ledger = pipeline.close(in(SHUTDOWN)).getFirst();
    assertThat(ledger).isEqualTo(new LaneLedger("fake", 2, 2, Map.of(), 0, 2, 0));
  }

  @ParameterizedTest
  @CsvSource({
    // lasted, typical, closing, left, expected
    "5000, 100, 0, 1400, 200",
    "0, 20, 0, 1400, 300",
    "200, 20, 150, 1250, 100",
    "0, 300, 0, 1400, 700",
    "5000, 0, 0, 1400, 150",
    "300, 0, 0, 1400, 700",
    "0, 600, 0, 1400, 1200",
  })
  void anAttemptIsAbandonedWhenItLastsLongerThanUsual(
      long lasted, long typical, long closing, long left, long expected) {
    long nanos =
        HungAttempt.nanosUntilAbandoned(
            lasted * MILLI, typical * MILLI, closing * MILLI, left * MILLI);
    assertThat(nanos / MILLI).isEqualTo(expected);
  }

  @Test
  void anAttemptIsNotAbandonedWhenThereIsNoTimeForAnother() {
    assertThat(HungAttempt.nanosUntilAbandoned(0, 700 * MILLI, 0, 1_400 * MILLI))
        .isEqualTo(HungAttempt.never());
    assertThat(HungAttempt.nanosMax(0, 1_400 * MILLI)).isEqualTo(1_400 * MILLI);
    assertThat(HungAttempt.nanosMax(20 * MILLI, 1_400 * MILLI)).isEqualTo(700 * MILLI);
    assertThat(HungAttempt.nanosMax(400 * MILLI, 1_400 * MILLI)).isEqualTo(1_400 * MILLI);
    assertThat(HungAttempt.nanosMax(20 * MILLI, 300 * MILLI)).isEqualTo(300 * MILLI);
  }
}
