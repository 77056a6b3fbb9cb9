package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.RecordTypes;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Wait;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Warnings of the extension in the batches of its lanes.
@Timeout(30)
class OwnLinesTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final CapturedOutput output = new CapturedOutput();
  private final List<LogRecord> own = output.diagnostics().keepWarnings(() -> 0);
  private final FakeSink sink = new FakeSink();

  @Test
  void eachWarningJoinsABatchOnceAndCausesNoRequest() throws InterruptedException {
    Pipeline pipeline = started(lane("fake", sink));
    output.diagnostics().warn("a typing mistake");
    assertThat(pipeline.flush(in(LONG))).isTrue();
    assertThat(sink.arrived()).isEmpty();

    send(pipeline, "a");
    send(pipeline, "b");
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(sink.arrived()).containsExactly("a", "log-shipper: a typing mistake", "b");
    assertThat(ledger.received()).isEqualTo(3);
    assertThat(ledger.delivered()).isEqualTo(3);
  }

  @Test
  void aWarningThatNoBatchHadIsSentAtTheShutdown() throws InterruptedException {
    Pipeline pipeline = started(lane("fake", sink));
    output.diagnostics().warn("a typing mistake");
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(sink.arrived()).containsExactly("log-shipper: a typing mistake");
    assertThat(ledger.requests()).isEqualTo(1);
  }

  @Test
  void anEnvironmentWithoutWarningsShipsNothingOfItsOwn() throws InterruptedException {
    Pipeline pipeline = started(lane("fake", sink));
    output.diagnostics().info("of interest");
    send(pipeline, "a");
    var _ = pipeline.close(in(LONG));
    assertThat(sink.arrived()).containsExactly("a");
    assertThat(own).isEmpty();
  }

  @Test
  void warningsAboutSendsDoNotFeedOnThemselves() throws InterruptedException {
    FakeSink.Response failing =
        (batch, deadline) -> {
          for (int i = 0; i < 5; i++) {
            output.diagnostics().warn("attempt failed, number " + own.size() + "." + i);
          }
          return SendResult.DELIVERED;
        };
    Pipeline pipeline = started(lane("fake", sink));
    for (int i = 0; i < 30; i++) {
      sink.responding(failing);
      send(pipeline, "line");
    }
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(own).hasSize(50);
    assertThat(ledger.received()).isEqualTo(80);
    assertThat(ledger.delivered()).isEqualTo(80);
    assertThat(ledger.requests()).isLessThanOrEqualTo(31);
  }

  @Test
  void theLedgerOfALaneWithLossesIsSentAtTheShutdownThroughEachLane() throws InterruptedException {
    sink.responding(SendResult.rejected("malformed"));
    FakeSink healthy = new FakeSink();
    Pipeline pipeline = started(lane("fake", sink), lane("other", healthy));
    send(pipeline, "a");
    Wait.until(() -> !own.isEmpty());
    var _ = pipeline.close(in(LONG));
    String ledger =
        "log-shipper: before the last send: ledger sink=fake received=1 delivered=0 dropped=1"
            + " dropped_rejected=1 left_behind=0 requests=1 retries=0";
    assertThat(healthy.arrived())
        .containsExactly(
            "a", "log-shipper: fake: batch rejected (malformed); records dropped", ledger);
    assertThat(sink.arrived()).endsWith(ledger);
  }

  @Test
  void theirTypeIsOfACategoryOfItsOwn() {
    output.diagnostics().warn("a\nb");
    assertThat(own.getFirst().type()).isEqualTo(RecordTypes.OWN);
    assertThat(own.getFirst().category()).isEqualTo("log-shipper");
    assertThat(own.getFirst().text()).isEqualTo("log-shipper: a b");
    assertThat(own.getFirst().time()).isEqualTo("1970-01-01T00:00:00.000Z");
  }

  private Pipeline started(LaneConfig... lanes) {
    Pipeline pipeline = Pipelines.of(output, lanes);
    pipeline.shipOwnLines(own, () -> 0);
    pipeline.start();
    return pipeline;
  }

  private static void send(Pipeline pipeline, String line) throws InterruptedException {
    pipeline.accept(lines(line));
    assertThat(pipeline.flush(in(LONG))).isTrue();
  }
}
