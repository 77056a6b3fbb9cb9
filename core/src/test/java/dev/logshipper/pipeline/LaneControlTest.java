package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Records.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Chain;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which records a lane ships, and how much of them.
@Timeout(30)
class LaneControlTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final CapturedOutput output = new CapturedOutput();
  private final FakeSink some = new FakeSink();
  private final FakeSink all = new FakeSink();

  @Test
  void filtersOfOneLaneConcernNoOtherAndAreCountedByReason() throws Exception {
    LaneControl control =
        new LaneControl(
            List.of(without(FilterReason.LEVEL, "debug"), without(FilterReason.EXCLUDE, "health")),
            null,
            null);
    Pipeline pipeline =
        Pipelines.of(output, lane("some", some, control), Pipelines.lane("all", all));
    pipeline.start();
    pipeline.accept(lines("a", "debug health", "health", "b", "debug"));

    List<LaneLedger> ledgers = pipeline.close(Pipelines.in(LONG));

    assertThat(some.arrived()).containsExactly("a", "b");
    assertThat(all.arrived()).hasSize(5);
    assertThat(ledgers.getFirst().received()).isEqualTo(2);
    assertThat(ledgers.getFirst().filtered())
        .isEqualTo(Map.of(FilterReason.LEVEL, 2L, FilterReason.EXCLUDE, 1L));
    assertThat(ledgers.getFirst().line())
        .contains(" filtered=3 filtered_level=2 filtered_exclude=1 ");
    assertThat(ledgers.getLast().filtered()).isEmpty();
  }

  @Test
  void redactionOfOneLaneConcernsNoOtherAndWithholdsWhatItCannotRead() throws Exception {
    LaneControl control = new LaneControl(List.of(), LaneControlTest::redact, null);
    Pipeline pipeline =
        Pipelines.of(output, lane("some", some, control), Pipelines.lane("all", all));
    pipeline.start();
    pipeline.accept(lines("a secret", "unreadable", "b"));

    List<LaneLedger> ledgers = pipeline.close(Pipelines.in(LONG));

    assertThat(some.arrived()).containsExactly("a [x]", "b");
    assertThat(all.arrived()).containsExactly("a secret", "unreadable", "b");
    assertThat(ledgers.getFirst().dropped()).isEqualTo(Map.of(DropReason.WITHHELD, 1L));
    assertThat(ledgers.getFirst().undelivered()).isZero();
  }

  @Test
  void aBatchOfWhichEverythingIsWithheldIsNotSent() throws Exception {
    LaneControl control = new LaneControl(List.of(), LaneControlTest::redact, null);
    Pipeline pipeline = Pipelines.of(output, lane("some", some, control));
    pipeline.start();
    pipeline.accept(lines("unreadable", "unreadable"));

    LaneLedger ledger = pipeline.close(Pipelines.in(LONG)).getFirst();

    assertThat(ledger.requests()).isZero();
    assertThat(ledger.dropped()).isEqualTo(Map.of(DropReason.WITHHELD, 2L));
  }

  private static LaneConfig lane(String name, FakeSink sink, LaneControl control) {
    LaneConfig plain = Pipelines.lane(name, sink);
    return new LaneConfig(
        name,
        plain.opener(),
        Set.of(),
        plain.batching(),
        plain.retries(),
        control,
        Chain.ALONE,
        null);
  }

  private static @Nullable LogRecord redact(LogRecord record) {
    String text = record.text();
    return text.contains("unreadable")
        ? null
        : record.withText(text.replace("secret", "[x]").getBytes(UTF_8));
  }

  private static RecordFilter without(FilterReason reason, String word) {
    return new RecordFilter() {
      @Override
      public FilterReason reason() {
        return reason;
      }

      @Override
      public boolean passes(LogRecord record) {
        return !record.text().contains(word);
      }
    };
  }
}
