package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Wait;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A lane whose sink cannot be opened for a time.
@Timeout(30)
class PrerequisiteTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final FakeSink sink = new FakeSink();
  private final CapturedOutput output = new CapturedOutput();
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void recordsAreKeptUntilItIsThereAndTheReasonIsReportedOnce() throws InterruptedException {
    Pipeline pipeline = pipeline(_ -> attempts.incrementAndGet() < 3 ? "TOKEN: denied" : null);
    pipeline.accept(lines("a"));
    pipeline.start();

    assertThat(pipeline.flush(in(LONG))).isTrue();
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(ledger.delivered()).isEqualTo(1);
    assertThat(ledger.retries()).isZero();
    assertThat(output.lines()).hasSize(2);
    assertThat(output.lines().getFirst())
        .isEqualTo(
            "log-shipper: fake: cannot be opened yet (TOKEN: denied); buffering, retrying every"
                + " few seconds");
    assertThat(output.lines().getLast())
        .matches(
            "log-shipper: fake: recovered after [01] s: 1 records sent, 0 waiting, 0 records"
                + " dropped");
  }

  @Test
  void noInvocationWaitsForALaneThatFailsOften() throws InterruptedException {
    Pipeline pipeline =
        pipeline(_ -> {
          attempts.incrementAndGet();
          return "TOKEN: denied";
        });
    pipeline.accept(lines("a"));
    pipeline.start();
    Wait.until(() -> attempts.get() >= 3);

    assertThat(pipeline.flush(in(LONG))).isFalse();
    assertThat(pipeline.close(in(Duration.ofMillis(300))).getFirst().undelivered()).isEqualTo(1);
    assertThat(output.lines()).hasSize(1);
  }

  @Test
  void theShutdownTriesOnceMore() throws InterruptedException {
    CountDownLatch closing = new CountDownLatch(1);
    Pipeline pipeline =
        pipeline(_ -> {
          attempts.incrementAndGet();
          return closing.getCount() == 0 ? null : "TOKEN: denied";
        });
    pipeline.accept(lines("a"));
    pipeline.start();
    Wait.until(() -> attempts.get() >= 3);
    closing.countDown();

    assertThat(pipeline.close(in(Duration.ofSeconds(2))).getFirst().delivered()).isEqualTo(1);
  }

  @Test
  void theEndOfTheShutdownInterruptsIt() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    Pipeline pipeline =
        pipeline(_ -> {
          try {
            new CountDownLatch(1).await();
            return null;
          } catch (InterruptedException end) {
            interrupted.countDown();
            throw end;
          }
        });
    pipeline.accept(lines("a"));
    pipeline.start();

    assertThat(pipeline.close(in(Duration.ofMillis(300))).getFirst().undelivered()).isEqualTo(1);
    interrupted.await();
    assertThat(output.lines()).isEmpty();
  }

  private Pipeline pipeline(Prerequisite needed) {
    return Pipelines.of(output, lane("fake", sink).opened(() -> sink, needed));
  }
}
