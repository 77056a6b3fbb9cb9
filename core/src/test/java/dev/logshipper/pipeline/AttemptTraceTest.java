package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Level;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Attempts as printed with `PUSHER_LOG_LEVEL=debug`.
@Timeout(30)
class AttemptTraceTest {
  private final FakeSink sink = new FakeSink();
  private final CapturedOutput output = new CapturedOutput(Level.DEBUG);

  @Test
  void eachAttemptIsPrintedWithItsConsequence() throws InterruptedException {
    SendResult failure = SendResult.busy(Duration.ZERO, "host returned 503");
    sink.responding(failure, failure, failure);
    assertThat(printed("a", "bc"))
        .containsSubsequence(
            "batch batch-1: 2 records, 3 bytes: failed, busy (host returned 503), N ms",
            "batch batch-1 (retry): 2 records, 3 bytes: failed, busy (host returned 503), N ms",
            "circuit breaker open: no invocation waits for this sink",
            "next attempt in N ms",
            "batch batch-1 (retry): 2 records, 3 bytes: delivered, N ms",
            "circuit breaker closed");
  }

  @Test
  void partsOfABatchAreCounted() throws InterruptedException {
    sink.responding(
        new SendResult.Progress(1), new SendResult.Partial(List.of(1), List.of(0), "host is busy"));
    assertThat(printed("a", "b", "c"))
        .containsSubsequence(
            "batch batch-1: 3 records, 3 bytes: the first 1 delivered, N ms",
            "batch batch-1.1: 2 records, 2 bytes: 1 to be sent again, 1 rejected (host is busy), N ms",
            "batch batch-1.2 (retry): 1 records, 1 bytes: delivered, N ms");
  }

  @Test
  void aRejectionIsPrintedWithItsScope() throws InterruptedException {
    sink.responding(SendResult.rejectedByEndpoint("host returned 401"));
    assertThat(printed("a"))
        .contains(
            "batch batch-1: 1 records, 1 bytes: rejected, scope endpoint (host returned 401), N ms");
  }

  private List<String> printed(String... lines) throws InterruptedException {
    Pipeline pipeline = Pipelines.of(output, lane("fake", sink));
    pipeline.accept(lines(lines));
    pipeline.start();
    var _ = pipeline.close(in(Duration.ofSeconds(20)));
    List<String> printed = new ArrayList<>();
    for (String line : output.lines()) {
      printed.add(line.replace("log-shipper: fake: ", "").replaceAll("\\d+ ms", "N ms"));
    }
    return printed;
  }
}
