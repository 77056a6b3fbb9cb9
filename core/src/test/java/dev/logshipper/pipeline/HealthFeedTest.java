package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Records.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Chain;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.RecordTypes;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.ManualClock;
import dev.logshipper.testkit.Pipelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Records about the pipeline in its batches.
@Timeout(30)
class HealthFeedTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final CapturedOutput output = new CapturedOutput();
  private final FakeSink sink = new FakeSink();
  private final ManualClock clock = new ManualClock();
  private final List<PipelineHealth> states = new ArrayList<>();
  private final List<@Nullable PipelineHealth> before = new ArrayList<>();

  @Test
  void aRecordJoinsABatchOncePerPeriod() throws InterruptedException {
    Pipeline pipeline = started(Pipelines.lane("fake", sink));
    send(pipeline, "a");
    clock.advance(MINUTE);
    send(pipeline, "b");
    send(pipeline, "c");
    clock.advance(MINUTE);
    send(pipeline, "d");

    assertThat(sink.arrived()).containsExactly("a", "b", "health 1", "c", "d", "health 2");
    assertThat(before).containsExactly(null, states.getFirst());
  }

  @Test
  void noRecordCausesARequest() throws InterruptedException {
    Pipeline pipeline = started(Pipelines.lane("fake", sink));
    send(pipeline, "a");
    clock.advance(Duration.ofHours(1));

    assertThat(pipeline.flush(soon())).isTrue();
    assertThat(pipeline.ledgers().getFirst().requests()).isEqualTo(1);
    assertThat(states).isEmpty();
  }

  @Test
  void theLastRecordAgreesWithTheFinalLedger() throws InterruptedException {
    Pipeline pipeline = started(Pipelines.lane("fake", sink));
    sink.responding(SendResult.rejected("no"));
    send(pipeline, "a");
    clock.advance(MINUTE);
    send(pipeline, "b");
    pipeline.accept(lines("c"));
    LaneLedger ledger = pipeline.close(soon()).getFirst();

    assertThat(sink.arrived()).containsExactly("b", "health 1", "c", "health 2");
    assertThat(states).extracting(PipelineHealth::isFinal).containsExactly(false, true);
    LaneLedger last = states.getLast().lanes().getFirst().ledger();
    assertThat(last.received()).isEqualTo(5).isEqualTo(ledger.received());
    assertThat(last.dropped()).isEqualTo(ledger.dropped());
    assertThat(last.delivered() + last.undelivered()).isEqualTo(ledger.delivered());
    assertThat(states).allSatisfy(state -> assertThat(state.lanes()).allSatisfy(this::balances));
  }

  private void balances(LaneHealth lane) {
    LaneLedger ledger = lane.ledger();
    assertThat(ledger.received())
        .isEqualTo(
            ledger.delivered()
                + ledger.droppedTotal()
                + ledger.handedOver()
                + ledger.undelivered());
  }

  @Test
  void theShutdownSendsItWhereNothingElseWaits() throws InterruptedException {
    Pipeline pipeline = started(Pipelines.lane("fake", sink));
    pipeline.close(soon());

    assertThat(sink.arrived()).containsExactly("health 1");
  }

  @Test
  void costsAreCounted() throws InterruptedException {
    Pipeline pipeline = started(Pipelines.lane("fake", sink));
    sink.responding((batch, _) -> {
      clock.advance(Duration.ofMillis(70));
      return SendResult.DELIVERED;
    });
    pipeline.accept(lines("four"));
    clock.advance(Duration.ofMillis(30));
    assertThat(pipeline.flush(soon())).isTrue();
    pipeline.close(soon());

    LaneHealth lane = states.getLast().lanes().getFirst();
    assertThat(lane.sentBytes()).isEqualTo(4);
    assertThat(lane.sendNanos()).isEqualTo(Duration.ofMillis(70).toNanos());
    assertThat(lane.stalenessNanos()).isEqualTo(Duration.ofMillis(100).toNanos());
  }

  @Test
  void holdsAreCounted() throws InterruptedException {
    Duration hold = Duration.ofMillis(40);
    Pipeline pipeline = Pipelines.of(output, Pipelines.lane("fake", sink));
    pipeline.reportHealth(this::record, MINUTE);
    pipeline.start();
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch _ = sink.held(release);
    pipeline.accept(lines("a"));
    assertThat(pipeline.flush(Pipelines.in(hold))).isFalse();
    release.countDown();
    pipeline.close(Pipelines.in(LONG));

    // The flush begins after its deadline was set.
    assertThat(states.getLast().heldNanos()).isGreaterThanOrEqualTo(hold.toNanos() / 2);
  }

  @Test
  void anUndeliveredRecordGrowsStale() throws InterruptedException {
    Pipeline pipeline = started(Pipelines.off("off"), Pipelines.lane("fake", sink));
    pipeline.accept(lines("a"));
    clock.advance(Duration.ofSeconds(5));
    pipeline.close(soon());

    assertThat(states.getLast().lanes().getLast().stalenessNanos())
        .isEqualTo(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void filtersAndTypesDoNotConcernThem() throws InterruptedException {
    LaneConfig usual = Pipelines.lane("fake", sink);
    RecordFilter none =
        new RecordFilter() {
          @Override
          public boolean passes(LogRecord record) {
            return false;
          }

          @Override
          public FilterReason reason() {
            return FilterReason.LEVEL;
          }
        };
    Pipeline pipeline =
        started(
            new LaneConfig(
                "fake",
                usual.opener(),
                Set.of("platform"),
                usual.batching(),
                usual.retries(),
                new LaneControl(List.of(none), null, null),
                Chain.ALONE,
                null));
    pipeline.accept(lines("a"));
    pipeline.close(soon());

    assertThat(sink.arrived()).containsExactly("health 1");
    assertThat(states.getFirst().lanes().getFirst().ledger().filteredTotal()).isEqualTo(1);
  }

  @Test
  void aRecordThatDoesNotFitWaitsForTheNextBatch() throws InterruptedException {
    FakeSink small = new FakeSink(new BatchLimits(1, 1 << 20, 1 << 20, 0));
    Pipeline pipeline = started(Pipelines.lane("small", small));
    clock.advance(MINUTE);
    send(pipeline, "a");

    assertThat(small.arrived()).containsExactly("a");
    assertThat(small.violations()).isZero();
    pipeline.close(soon());
    assertThat(small.arrived()).hasSize(2);
  }

  private void send(Pipeline pipeline, String text) throws InterruptedException {
    pipeline.accept(lines(text));
    assertThat(pipeline.flush(soon())).isTrue();
  }

  private Deadline soon() {
    return Deadline.after(LONG, clock);
  }

  private Pipeline started(LaneConfig... lanes) {
    Pipeline pipeline = Pipelines.of(output, clock, lanes);
    pipeline.reportHealth(this::record, MINUTE);
    pipeline.start();
    return pipeline;
  }

  private LogRecord record(PipelineHealth now, @Nullable PipelineHealth previous) {
    states.add(now);
    before.add(previous);
    byte[] content = ("health " + states.size()).getBytes(UTF_8);
    return LogRecord.text("2026-11-21T10:15:30.123Z", RecordTypes.HEALTH, null, content);
  }
}
