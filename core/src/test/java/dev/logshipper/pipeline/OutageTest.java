package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Retries;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Wait;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The lines that report an outage, and the rejections that are one.
@Timeout(30)
class OutageTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final SendResult REJECTED = SendResult.rejectedByEndpoint("HTTP 403");

  private final FakeSink sink = new FakeSink();
  private final CapturedOutput output = new CapturedOutput();

  @Test
  void noResponseIsUnreachable() throws InterruptedException {
    assertReported(
        SendResult.retry("timed out"),
        "destination unreachable (timed out); buffering, retrying every few seconds");
  }

  @Test
  void anErrorOfTheDestinationIsAFailure() throws InterruptedException {
    assertReported(
        SendResult.error("HTTP 500"),
        "destination fails (HTTP 500); buffering, retrying every few seconds");
  }

  @Test
  void aThrottlingDestinationIsBusy() throws InterruptedException {
    assertReported(
        SendResult.busy(Duration.ZERO, "HTTP 429"),
        "destination busy (HTTP 429); buffering, retrying every few seconds");
  }

  @Test
  void whatCannotBeSentIsNotTheDestinationsFault() throws InterruptedException {
    assertReported(
        SendResult.notSent("cannot assume role x"),
        "cannot send (cannot assume role x); buffering, retrying every few seconds");
  }

  private void assertReported(SendResult failure, String line) throws InterruptedException {
    sink.responding(failure, failure, failure, failure);
    Pipeline pipeline = Pipelines.of(output, lane("fake", sink));
    pipeline.accept(lines("a"));
    pipeline.start();
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(ledger.delivered()).isEqualTo(1);
    assertThat(output.lines()).hasSize(2);
    assertThat(output.lines().getFirst()).isEqualTo("log-shipper: fake: " + line);
    assertThat(output.lines().getLast())
        .matches(
            "log-shipper: fake: recovered after [01] s: 1 records sent, 0 waiting, 0 records"
                + " dropped");
  }

  @Test
  void aLongWaitIsReportedAtOnce() throws InterruptedException {
    sink.responding(SendResult.busy(Duration.ofHours(1), "HTTP 503"));
    Pipeline pipeline = Pipelines.of(output, lane("fake", sink));
    pipeline.accept(lines("a"));
    pipeline.start();
    assertThat(pipeline.flush(in(Duration.ofSeconds(5)))).isFalse();
    Wait.until(() -> !output.text().isEmpty());
    assertThat(output.text())
        .matches(
            "(?s).*fake: destination busy \\(HTTP 503, asks to wait 3600 s\\); buffering, next"
                + " attempt in (4[89]|5.|60) s\n");
    assertThat(pipeline.close(in(LONG)).getFirst().delivered()).isEqualTo(1);
  }

  @Test
  void aServerThatAsksForMoreThanIsLeftIsAskedOnce() throws InterruptedException {
    SendResult wait = SendResult.busy(Duration.ofHours(1), "HTTP 503");
    sink.responding(wait, wait, wait, wait);
    Pipeline pipeline = Pipelines.of(output, lane("fake", sink));
    pipeline.accept(lines("a"));
    pipeline.start();
    assertThat(pipeline.flush(in(Duration.ofSeconds(5)))).isFalse();
    long start = System.nanoTime();
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(2));
    assertThat(ledger).isEqualTo(new LaneLedger("fake", 1, 0, Map.of(), 1, 2, 1));
  }

  @Test
  void anEndpointThatAcceptedBeforeMayRejectForATime() throws InterruptedException {
    sink.responding(SendResult.DELIVERED, REJECTED, REJECTED, REJECTED);
    Pipeline pipeline = Pipelines.of(output, lane("fake", sink));
    pipeline.start();
    for (int invocation = 0; invocation < 10; invocation++) {
      pipeline.accept(lines("line " + invocation));
      pipeline.flush(in(Duration.ofSeconds(1)));
    }
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(ledger.delivered()).isEqualTo(10);
    assertThat(output.lines().getFirst())
        .isEqualTo("log-shipper: fake: endpoint rejects (HTTP 403); buffering, retrying for 60 s");
    assertThat(output.lines().getLast()).contains("recovered after").endsWith("0 records dropped");
  }

  @Test
  void anEndpointThatNeverAcceptedAnyRecordCostsThemAtOnce() throws InterruptedException {
    sink.responding(REJECTED);
    Pipeline pipeline = Pipelines.of(output, lane("fake", sink));
    pipeline.accept(lines("a", "b"));
    pipeline.start();
    assertThat(pipeline.close(in(LONG)).getFirst().dropped())
        .isEqualTo(Map.of(DropReason.REJECTED, 2L));
    assertThat(output.lines())
        .containsExactly("log-shipper: fake: batch rejected (HTTP 403); records dropped");
  }

  @Test
  void afterTheGraceRecordsAreDroppedUntilTheEndpointAcceptsSome() throws InterruptedException {
    sink.responding(SendResult.DELIVERED, REJECTED, REJECTED, REJECTED, REJECTED);
    Pipeline pipeline = Pipelines.of(output, withGrace(Duration.ofMillis(1)));
    pipeline.start();
    pipeline.accept(lines("a"));
    pipeline.flush(in(LONG));
    pipeline.accept(lines("b", "c"));
    pipeline.flush(in(Duration.ofMillis(200)));
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(ledger.dropped()).isEqualTo(Map.of(DropReason.REJECTED, 2L));
    assertThat(output.text())
        .contains("endpoint still rejects after", "2 records dropped, and all others until");
  }

  @Test
  void withoutGraceTheyAreDroppedAtOnce() throws InterruptedException {
    sink.responding(SendResult.DELIVERED, REJECTED);
    Pipeline pipeline = Pipelines.of(output, withGrace(Duration.ZERO));
    pipeline.start();
    pipeline.accept(lines("a"));
    pipeline.flush(in(LONG));
    pipeline.accept(lines("b"));
    assertThat(pipeline.flush(in(LONG))).isTrue();
    assertThat(pipeline.ledgers().getFirst().dropped()).isEqualTo(Map.of(DropReason.REJECTED, 1L));
  }

  private LaneConfig withGrace(Duration grace) {
    LaneConfig usual = lane("fake", sink);
    Retries retries = new Retries(Duration.ofMillis(1), Duration.ofMinutes(1), grace);
    return new LaneConfig("fake", usual.opener(), Set.of(), usual.batching(), retries);
  }
}
