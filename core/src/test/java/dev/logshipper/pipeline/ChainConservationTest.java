package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Records.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneConfig.Chain;
import dev.logshipper.pipeline.LaneConfig.Retries;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.time.SystemScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Chains of three lanes with random results, with threads: each record arrives once or is counted,
/// without anything that a lane on its way redacts.
@Timeout(60)
class ChainConservationTest {
  private static final int RUNS = 25;
  private static final int RECORDS_MAX = 200;
  private static final long BUFFER_BYTES = 4_000;

  private final CapturedOutput output = new CapturedOutput();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void eachRecordArrivesOnceOrIsCounted(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < RUNS; i++) {
      run(random, "seed " + seed + ", run " + i);
    }
  }

  private void run(Random random, String name) throws Exception {
    List<FakeSink> sinks = new ArrayList<>();
    List<LaneConfig> lanes = new ArrayList<>();
    String[] names = {"a", "b", "c"};
    boolean mayFilter = random.nextInt(3) == 0;
    for (int i = 0; i < names.length; i++) {
      FakeSink sink = new FakeSink(new BatchLimits(1 + random.nextInt(20), 2_000, 2_000, 0));
      sink.responding(results(random));
      sinks.add(sink);
      boolean isOff = i < 2 && random.nextInt(8) == 0;
      lanes.add(
          lane(names[i], isOff ? null : sink, i == 2 ? null : names[i + 1], i > 0 && mayFilter));
    }
    AtomicInteger ids = new AtomicInteger();
    long bytesMax = random.nextBoolean() ? BUFFER_BYTES : 1 << 20;
    Pipeline pipeline =
        new Pipeline(
            lanes,
            bytesMax,
            Overflow.DROP_OLDEST,
            () -> "batch-" + ids.incrementAndGet(),
            output.diagnostics(),
            random::nextDouble,
            new SystemScheduler(System::nanoTime));
    pipeline.start();
    int written = random.nextInt(RECORDS_MAX);
    for (int i = 0; i < written; i++) {
      pipeline.accept(List.of(line("abc" + i + ";")));
      if (random.nextInt(20) == 0) {
        pipeline.requestFlush();
      }
    }
    List<LaneLedger> ledgers = pipeline.close(Pipelines.in(Duration.ofSeconds(20)));

    assertLedgers(name, ledgers, written);
    assertArrivals(name, sinks, ledgers, written);
    assertThat(pipeline.heldBytes()).as(name).isZero();
  }

  private static void assertLedgers(String name, List<LaneLedger> ledgers, int written) {
    long expected = written;
    for (LaneLedger ledger : ledgers) {
      assertThat(ledger.received() + ledger.filteredTotal())
          .as("%s: received by %s", name, ledger)
          .isEqualTo(expected);
      assertThat(
              ledger.delivered()
                  + ledger.droppedTotal()
                  + ledger.handedOver()
                  + ledger.undelivered())
          .as("%s: balance of %s", name, ledger)
          .isEqualTo(ledger.received());
      expected = ledger.handedOver();
    }
  }

  private static void assertArrivals(
      String name, List<FakeSink> sinks, List<LaneLedger> ledgers, int written) {
    Map<Integer, Integer> arrivals = new HashMap<>();
    Set<String> letters = new HashSet<>();
    for (int i = 0; i < sinks.size(); i++) {
      letters.add("abc".substring(i, i + 1));
      assertThat(sinks.get(i).violations()).as(name).isZero();
      assertThat(sinks.get(i).arrived()).as(name).hasSize((int) ledgers.get(i).delivered());
      for (String text : sinks.get(i).arrived()) {
        assertThat(text)
            .as("%s: redacted for %s", name, letters)
            .startsWith("***".substring(2 - i));
        arrivals.merge(Integer.valueOf(text.replaceAll("\\D", "")), 1, Integer::sum);
      }
    }
    long lost = 0;
    for (LaneLedger ledger : ledgers) {
      lost += ledger.droppedTotal() + ledger.undelivered() + ledger.filteredTotal();
    }
    assertThat(arrivals.values()).as(name).allMatch(count -> count == 1);
    assertThat(arrivals.size() + lost).as(name).isEqualTo(written);
  }

  /// Replaces the first letter that is left: one more star for each lane on a record's way.
  private static LogRecord redacted(LogRecord record) {
    return record.withText(record.text().replaceFirst("[abc]", "*").getBytes(UTF_8));
  }

  private static FakeSink.Response[] results(Random random) {
    FakeSink.Response[] results = new FakeSink.Response[random.nextInt(30)];
    for (int i = 0; i < results.length; i++) {
      int kind = random.nextInt(6);
      results[i] = (batch, _) -> result(kind, batch);
    }
    return results;
  }

  private static SendResult result(int kind, Batch batch) {
    boolean isSingle = batch.records().size() == 1;
    return switch (kind) {
      case 0 -> SendResult.DELIVERED;
      case 1 -> SendResult.rejected("no");
      case 2 ->
          isSingle
              ? SendResult.DELIVERED
              : new SendResult.Partial(List.of(), List.of(0), "not the first");
      case 3 -> isSingle ? SendResult.DELIVERED : new SendResult.Progress(1);
      default -> SendResult.retry("down");
    };
  }

  private static LaneConfig lane(
      String name, @Nullable FakeSink sink, @Nullable String next, boolean filters) {
    RecordFilter filter =
        new RecordFilter() {
          @Override
          public FilterReason reason() {
            return FilterReason.EXCLUDE;
          }

          @Override
          public boolean passes(LogRecord record) {
            return !record.text().endsWith("7;");
          }
        };
    return new LaneConfig(
        name,
        sink == null ? null : () -> sink,
        Set.of(),
        Batching.withEachFlush(1 << 20, Duration.ofHours(1)),
        Retries.every(Duration.ofMillis(1)),
        new LaneControl(
            filters ? List.of(filter) : List.of(), ChainConservationTest::redacted, null),
        new Chain(!name.equals("a"), next),
        null);
  }
}
