package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Records.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneConfig.Chain;
import dev.logshipper.pipeline.LaneConfig.Retries;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The rules of both lanes hold for a record that one gives to the next.
@Timeout(30)
class HandoverRulesTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Batching BY_FLUSH = Pipelines.off("").batching();

  /// Thresholds that nothing here reaches.
  private static final Batching BY_THRESHOLD =
      new Batching(1 << 20, 1 << 20, Duration.ofHours(1), 1_000);

  private final CapturedOutput output = new CapturedOutput();
  private final FakeSink first = new FakeSink();
  private FakeSink second = new FakeSink();
  private LaneControl firstControl = LaneControl.NONE;
  private LaneControl secondControl = LaneControl.NONE;

  @AfterEach
  void neitherSinkIsMisused() {
    assertThat(first.violations() + second.violations()).isZero();
  }

  @Test
  void attemptedAndWaitingRecordsCarryTheRedactionsOfBothLanes() throws Exception {
    firstControl = new LaneControl(List.of(), hiding("a"), null);
    secondControl = new LaneControl(List.of(), hiding("b"), null);
    first.responding(outage());
    Pipeline pipeline = started(false, BY_FLUSH);
    pipeline.accept(lines("1 ab"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();
    pipeline.accept(lines("2 ab"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();

    assertThat(second.arrived()).containsExactly("1 **", "2 **");
    pipeline.close(Pipelines.in(LONG));
  }

  @Test
  void aLaneWithoutSinkRedactsAsWell() throws Exception {
    firstControl = new LaneControl(List.of(), hiding("a"), null);
    Pipeline pipeline = started(true, BY_FLUSH);
    pipeline.accept(lines("ab"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();
    assertThat(second.arrived()).containsExactly("*b");
    pipeline.close(Pipelines.in(LONG));
  }

  @Test
  void aRecordThatTheFirstLaneWithholdsIsNotGiven() throws Exception {
    firstControl =
        new LaneControl(List.of(), record -> record.text().equals("x") ? null : record, null);
    Pipeline pipeline = started(true, BY_FLUSH);
    pipeline.accept(lines("x", "y"));
    List<LaneLedger> ledgers = pipeline.close(Pipelines.in(LONG));
    assertThat(second.arrived()).containsExactly("y");
    assertThat(ledgers.getFirst().line()).contains("dropped_withheld=1").contains("handed_over=1");
  }

  @Test
  void theNextLanesFiltersApplyToAttemptedAndWaitingRecords() throws Exception {
    secondControl = new LaneControl(List.of(without("no")), null, null);
    first.responding(outage());
    Pipeline pipeline = started(false, BY_FLUSH);
    pipeline.accept(lines("yes", "no"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();
    pipeline.accept(lines("no", "yes again"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();

    assertThat(second.arrived()).containsExactly("yes", "yes again");
    List<LaneLedger> ledgers = pipeline.close(Pipelines.in(LONG));
    assertThat(ledgers.getFirst().handedOver()).isEqualTo(4);
    assertThat(ledgers.getLast().line())
        .contains("received=2 delivered=2")
        .contains("filtered=2 filtered_exclude=2");
  }

  @Test
  void aRecordThatTheFirstDestinationAloneRejectsGoesToTheNext() throws Exception {
    first.responding(new SendResult.Partial(List.of(), List.of(1), "no"));
    Pipeline pipeline = started(false, BY_FLUSH);
    pipeline.accept(lines("a", "b", "c"));
    List<LaneLedger> ledgers = pipeline.close(Pipelines.in(LONG));
    assertThat(first.arrived()).containsExactly("a", "c");
    assertThat(second.arrived()).containsExactly("b");
    assertThat(ledgers.getFirst().line())
        .contains("delivered=2 dropped=0")
        .contains("handed_over=1");
  }

  @Test
  void aBatchIsHalvedUntilItFitsTheNextSink() throws Exception {
    second = new FakeSink(new BatchLimits(2, 1 << 20, 1 << 20, 0));
    first.responding(outage());
    Pipeline pipeline = started(false, BY_FLUSH);
    pipeline.accept(lines("a", "b", "c", "d", "e"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();
    assertThat(second.arrived()).containsExactly("a", "b", "c", "d", "e");
    Batch failed = first.nextSent();
    assertThat(second.nextSent().id()).startsWith(failed.id() + ".a");
    List<LaneLedger> ledgers = pipeline.close(Pipelines.in(LONG));
    assertThat(ledgers.getLast().retries()).isZero();
  }

  @Test
  void aRecordTooLargeForTheNextSinkIsCounted() throws Exception {
    second = new FakeSink(BatchLimits.ofBytes(5));
    first.responding(outage());
    Pipeline pipeline = started(false, BY_FLUSH);
    pipeline.accept(lines("a", "too large"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();
    List<LaneLedger> ledgers = pipeline.close(Pipelines.in(LONG));
    assertThat(ledgers.getLast().line()).contains("delivered=1 dropped=1 dropped_oversized=1");
  }

  @Test
  void aFlushWaitsForRecordsGivenToALaneWithThresholds() throws Exception {
    first.responding(outage());
    Pipeline pipeline = started(false, BY_THRESHOLD);
    pipeline.accept(lines("a", "b"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();
    assertThat(second.arrived()).containsExactly("a", "b");
    pipeline.close(Pipelines.in(LONG));
  }

  private static LaneControl.Redaction hiding(String letter) {
    return record -> record.withText(record.text().replace(letter, "*").getBytes(UTF_8));
  }

  private static RecordFilter without(String text) {
    return new RecordFilter() {
      @Override
      public FilterReason reason() {
        return FilterReason.EXCLUDE;
      }

      @Override
      public boolean passes(LogRecord record) {
        return !record.text().equals(text);
      }
    };
  }

  /// More failures than a busy machine has time to make.
  private static SendResult[] outage() {
    SendResult[] failures = new SendResult[100];
    Arrays.fill(failures, SendResult.retry("down"));
    return failures;
  }

  private Pipeline started(boolean isFirstOff, Batching ofSecond) {
    Pipeline pipeline =
        Pipelines.of(
            output,
            lane("first", isFirstOff ? null : first, BY_FLUSH, firstControl, "second"),
            lane("second", second, ofSecond, secondControl, null));
    pipeline.start();
    return pipeline;
  }

  private static LaneConfig lane(
      String name,
      @Nullable FakeSink sink,
      Batching batching,
      LaneControl control,
      @Nullable String next) {
    return new LaneConfig(
        name,
        sink == null ? null : () -> sink,
        Set.of(),
        batching,
        Retries.every(Duration.ofMillis(1)),
        control,
        new Chain(next == null, next),
        null);
  }
}
