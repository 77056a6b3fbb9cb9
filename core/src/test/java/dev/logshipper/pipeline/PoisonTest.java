package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static dev.logshipper.testkit.Records.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.Pipelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A destination that fails with one record forever must not stop the others, nor cost them.
@Timeout(60)
class PoisonTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final SendResult ERROR = SendResult.error("HTTP 500");

  private final CapturedOutput output = new CapturedOutput();
  private final Destination destination = new Destination();
  private final Pipeline pipeline = Pipelines.of(output, lane("fake", destination));

  @Test
  void onlyThePoisonOfThirtyInvocationsIsDropped() throws InterruptedException {
    pipeline.start();
    List<String> others = new ArrayList<>();
    for (int invocation = 0; invocation < 30; invocation++) {
      others.addAll(invoke(invocation, invocation == 2 ? List.of("POISON") : List.of()));
    }
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(destination.arrived()).containsExactlyInAnyOrderElementsOf(others);
    assertThat(ledger.delivered()).isEqualTo(300);
    assertThat(ledger.dropped()).isEqualTo(Map.of(DropReason.POISONED, 1L));
    assertThat(output.lines())
        .containsExactly(
            "log-shipper: fake: the destination fails with a record but accepts others (HTTP 500);"
                + " dropped");
  }

  @Test
  void theNewestPoisonCostsNoOtherRecord() throws InterruptedException {
    pipeline.start();
    List<String> others = new ArrayList<>();
    for (int invocation = 0; invocation < 5; invocation++) {
      others.addAll(invoke(invocation, invocation == 4 ? List.of("POISON") : List.of()));
    }
    LaneLedger ledger = pipeline.close(in(Duration.ofMillis(1_400))).getFirst();
    assertThat(destination.arrived()).containsExactlyInAnyOrderElementsOf(others);
    assertThat(ledger.droppedTotal() + ledger.undelivered()).isEqualTo(1);
  }

  @Test
  void theFirstBatchOfAllMayBePoisoned() throws InterruptedException {
    pipeline.start();
    List<String> others = new ArrayList<>();
    for (int invocation = 0; invocation < 5; invocation++) {
      others.addAll(invoke(invocation, invocation == 0 ? List.of("POISON") : List.of()));
    }
    assertOnlyPoisonIsMissing(others, 1);
  }

  @Test
  void severalPoisonsInOneBatchAreFound() throws InterruptedException {
    pipeline.start();
    List<String> others = new ArrayList<>();
    for (int invocation = 0; invocation < 10; invocation++) {
      List<String> poisons = List.of("POISON 1", "POISON 2", "POISON 3");
      others.addAll(invoke(invocation, invocation == 1 ? poisons : List.of()));
    }
    assertOnlyPoisonIsMissing(others, 3);
  }

  @Test
  void severalPoisonedBatchesInARowAreFound() throws InterruptedException {
    pipeline.start();
    List<String> others = new ArrayList<>();
    for (int invocation = 0; invocation < 12; invocation++) {
      boolean poisoned = invocation > 2 && invocation < 6;
      others.addAll(invoke(invocation, poisoned ? List.of("POISON") : List.of()));
    }
    assertOnlyPoisonIsMissing(others, 3);
  }

  @Test
  void aPoisonAloneIsKeptForNothingShowsThatTheDestinationWorks() throws InterruptedException {
    pipeline.start();
    pipeline.accept(lines("POISON"));
    pipeline.flush(in(Duration.ofMillis(200)));
    LaneLedger ledger = pipeline.close(in(Duration.ofMillis(600))).getFirst();
    assertThat(ledger.droppedTotal()).isZero();
    assertThat(ledger.undelivered()).isEqualTo(1);
  }

  @Test
  void aRecordBetweenTwoPoisonsArrivesThoughThereAreNoOthers() throws InterruptedException {
    pipeline.start();
    pipeline.accept(lines("POISON 1", "good", "POISON 2"));
    pipeline.flush(in(Duration.ofMillis(200)));
    // The poisons stay until the end, so the close lasts this long.
    LaneLedger ledger = pipeline.close(in(Duration.ofSeconds(3))).getFirst();
    assertThat(destination.arrived()).containsExactly("good");
    assertThat(ledger.delivered()).isEqualTo(1);
  }

  @Test
  void aRecordThatNeverGetsAResponseIsOvertaken() throws InterruptedException {
    destination.result = SendResult.retry("connection reset");
    pipeline.start();
    pipeline.accept(lines("POISON"));
    pipeline.flush(in(Duration.ofMillis(100)));
    List<String> others = new ArrayList<>();
    for (int invocation = 0; invocation < 5; invocation++) {
      others.addAll(invoke(invocation, List.of()));
    }
    assertOnlyPoisonIsMissing(others, 1);
  }

  @Test
  void anOutageCostsNothingAndKeepsTheOrder() throws InterruptedException {
    destination.isDown = true;
    pipeline.start();
    List<String> all = new ArrayList<>();
    for (int invocation = 0; invocation < 5; invocation++) {
      all.addAll(invoke(invocation, List.of()));
    }
    destination.isDown = false;
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(destination.arrived()).isEqualTo(all);
    assertThat(ledger.delivered()).isEqualTo(all.size());
  }

  private void assertOnlyPoisonIsMissing(List<String> others, int poisons)
      throws InterruptedException {
    LaneLedger ledger = pipeline.close(in(LONG)).getFirst();
    assertThat(destination.arrived()).containsExactlyInAnyOrderElementsOf(others);
    assertThat(ledger.droppedTotal() + ledger.undelivered()).isEqualTo(poisons);
    assertThat(ledger.dropped().getOrDefault(DropReason.REJECTED, 0L)).isZero();
  }

  /// Ten lines and poison, flushed as at the end of an invocation.
  private List<String> invoke(int invocation, List<String> poisons) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < 10; line++) {
      lines.add(invocation + "/" + line);
    }
    List<String> all = new ArrayList<>(lines);
    all.addAll(5, poisons);
    pipeline.accept(lines(all.toArray(new String[0])));
    pipeline.flush(in(Duration.ofSeconds(2)));
    return lines;
  }

  /// Fails with each batch that contains POISON.
  private static final class Destination implements Sink {
    private final List<String> arrived = new ArrayList<>();
    private volatile SendResult result = ERROR;
    private volatile boolean isDown;

    synchronized List<String> arrived() {
      return List.copyOf(arrived);
    }

    @Override
    public BatchLimits limits() {
      return new BatchLimits(1_000, 1 << 20, 1 << 20, 0);
    }

    @Override
    public synchronized SendResult send(Batch batch, Deadline deadline) {
      List<String> texts = texts(batch.records());
      for (String text : texts) {
        if (isDown || text.startsWith("POISON")) {
          return result;
        }
      }
      arrived.addAll(texts);
      return SendResult.DELIVERED;
    }

    @Override
    public void close() {}
  }
}
