package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.time.SystemMonitor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Flushes that begin while a lane hands over.
class HandoverWaitTest {
  private final MemoryBound memory = new MemoryBound(10_000);
  private final Lane first = new Lane(Pipelines.off("first"), memory, () -> 0.5);
  private final Lane second = new Lane(Pipelines.off("second"), memory, () -> 0.5);
  private final RecordBuffer buffer =
      new RecordBuffer(
          List.of(first, second), memory, Overflow.DROP_OLDEST, new SystemMonitor(), () -> 0);

  @Test
  void aLaneThatHasJustFailedIsWaitedForBeforeItsThreadIsBack() {
    first.fallBackOn(second);
    AttemptResults results =
        new AttemptResults(first, buffer, new CapturedOutput().diagnostics(), () -> 0);
    buffer.append(lines("a"));
    InFlight batch =
        Objects.requireNonNull(
            first.startBatch(BatchLimits.ofBytes(1_000), Long.MAX_VALUE, () -> "id"));
    first.isAttempting = true;
    for (int i = 0; i < Backoff.FAILURES_TO_OPEN; i++) {
      results.settle(batch, SendResult.retry("down"), 1);
    }
    buffer.append(lines("b"));

    assertThat(first.mustHandOver(0)).isTrue();
    assertThat(first.canFinishBy(0)).isTrue();
  }
}
