package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Chain;
import dev.logshipper.pipeline.LaneConfig.Retries;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A lane that cannot take a batch gives it to the next lane of its chain.
@Timeout(30)
class HandoverTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final CapturedOutput output = new CapturedOutput();
  private final FakeSink first = new FakeSink();
  private final FakeSink second = new FakeSink();

  @AfterEach
  void neitherSinkIsMisused() {
    assertThat(first.violations() + second.violations()).isZero();
  }

  @Test
  void aHealthyLaneHandsOverNothing() throws Exception {
    List<LaneLedger> ledgers = run(started(() -> first), "a", "b");
    assertThat(first.arrived()).containsExactly("a", "b");
    assertThat(second.arrived()).isEmpty();
    assertThat(ledgers.getFirst().handedOver()).isZero();
    assertThat(ledgers.getLast().received()).isZero();
  }

  @Test
  void anOutageOfTheFirstCostsThreeAttemptsAndLosesNothing() throws Exception {
    first.responding(failures(3));
    Pipeline pipeline = started(() -> first);
    pipeline.accept(lines("a"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();
    assertThat(second.arrived()).containsExactly("a");

    Batch failed = first.nextSent();
    Batch handedOver = second.nextSent();
    assertThat(handedOver.id()).isEqualTo(failed.id());
    assertThat(handedOver.records().getFirst().fields())
        .isEqualTo(Map.of("failover_from", "first"));

    // The breaker is open, so records go to the second without an attempt.
    pipeline.accept(lines("b"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();
    assertThat(second.arrived()).containsExactly("a", "b");
    List<LaneLedger> ledgers = pipeline.close(Pipelines.in(LONG));
    assertThat(ledgers.getFirst().handedOver()).isEqualTo(2);
    assertThat(ledgers.getFirst().requests()).isEqualTo(3);
    assertThat(ledgers.getFirst().undelivered()).isZero();
    assertThat(ledgers.getLast().delivered()).isEqualTo(2);
  }

  @Test
  void theFirstIsUsedAgainWhenItHeals() throws Exception {
    first.responding(failures(3));
    AtomicLong jumpNanos = new AtomicLong();
    Pipeline pipeline = started(() -> first, () -> System.nanoTime() + jumpNanos.get());
    pipeline.accept(lines("a"));
    assertThat(pipeline.flush(Pipelines.in(LONG))).isTrue();
    jumpNanos.set(Duration.ofMinutes(1).toNanos());
    List<LaneLedger> ledgers = run(pipeline, "b", "c");
    assertThat(first.arrived()).containsExactly("b", "c");
    assertThat(second.arrived()).containsExactly("a");
    assertThat(ledgers.getFirst().handedOver()).isEqualTo(1);
  }

  @Test
  void onlyTheRecordsThatTheFirstRejectsGoToTheSecond() throws Exception {
    first.responding(SendResult.rejected("no"), SendResult.rejected("no"), SendResult.DELIVERED);
    List<LaneLedger> ledgers = run(started(() -> first), "a", "b");
    assertThat(first.arrived()).containsExactly("b");
    assertThat(second.arrived()).containsExactly("a");
    assertThat(ledgers.getFirst().droppedTotal()).isZero();
  }

  @Test
  void withoutAFirstSinkTheSecondReceivesEverything() throws Exception {
    List<LaneLedger> ledgers = run(started(null), "a", "b");
    assertThat(second.arrived()).containsExactly("a", "b");
    assertThat(ledgers.getFirst().handedOver()).isEqualTo(2);
    assertThat(ledgers.getFirst().droppedTotal()).isZero();
  }

  @Test
  void atTheShutdownOneFailureIsEnough() throws Exception {
    first.responding(failures(1));
    Pipeline pipeline = started(() -> first);
    pipeline.accept(lines("a"));
    List<LaneLedger> _ = pipeline.close(Pipelines.in(LONG));
    assertThat(second.arrived()).containsExactly("a");
  }

  @Test
  void atTheShutdownAHangIsGivenUpInTime() throws Exception {
    CountDownLatch hangs = first.hanging();
    Pipeline pipeline = started(() -> first);
    pipeline.accept(lines("a"));
    pipeline.requestFlush();
    hangs.await();
    List<LaneLedger> ledgers = pipeline.close(Pipelines.in(Duration.ofSeconds(3)));
    assertThat(second.arrived()).containsExactly("a");
    assertThat(ledgers.getLast().delivered()).isEqualTo(1);
  }

  @Test
  void ifBothFailEachRecordIsStillThereWhenOneHeals() throws Exception {
    first.responding(failures(3));
    second.responding(failures(2));
    List<LaneLedger> ledgers = run(started(() -> first), "a", "b");
    assertThat(second.arrived()).containsExactly("a", "b");
    assertThat(ledgers.getLast().delivered()).isEqualTo(2);
  }

  private static SendResult[] failures(int count) {
    SendResult[] failures = new SendResult[count];
    Arrays.fill(failures, SendResult.retry("down"));
    return failures;
  }

  private static List<LaneLedger> run(Pipeline pipeline, String... lines) throws Exception {
    pipeline.accept(lines(lines));
    pipeline.requestFlush();
    return pipeline.close(Pipelines.in(LONG));
  }

  private Pipeline started(@Nullable Supplier<Sink> opener) {
    return started(opener, System::nanoTime);
  }

  private Pipeline started(@Nullable Supplier<Sink> opener, LongSupplier nanoClock) {
    Pipeline pipeline =
        Pipelines.of(
            output,
            nanoClock,
            lane("first", opener, new Chain(false, "second")),
            lane("second", () -> second, new Chain(true, null)));
    pipeline.start();
    return pipeline;
  }

  private static LaneConfig lane(String name, @Nullable Supplier<Sink> opener, Chain chain) {
    return new LaneConfig(
        name,
        opener,
        Set.of(),
        Pipelines.off(name).batching(),
        Retries.every(Duration.ofMillis(1)),
        LaneControl.NONE,
        chain,
        null);
  }
}
