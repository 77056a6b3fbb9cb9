package dev.logshipper.lifecycle;

import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.testkit.ManualClock;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Wait;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class LifecycleTest {
  private static final long LONG = 60_000;

  @ParameterizedTest
  @EnumSource
  void shutdownMayBeTheFirstEventAndSendsWhatThereIs(FlushMode mode) throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.pipeline.accept(lines("a"));
      extension.start(mode).platform.shutdown();
      assertThat(extension.ledger()).isEqualTo(new LaneLedger("fake", 1, 1, Map.of(), 0, 1, 0));
      assertThat(extension.platform.hasNoMoreRequests()).isTrue();
    }
  }

  @Test
  void thePlatformsLastDeliveryAfterShutdownIsWaitedForAndSent() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.lastDelivery = () -> extension.pipeline.accept(lines("last"));
      extension.start(FlushMode.AUTO).platform.shutdown();
      extension.ledger();
      assertThat(extension.sink.arrived()).containsExactly("last");
    }
  }

  @Test
  void noLastDeliveryIsWaitedForWhenNoneIsExpected() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      CountDownLatch waited = new CountDownLatch(1);
      extension.delivering = false;
      extension.lastDelivery = waited::countDown;
      extension.start(FlushMode.AUTO).platform.shutdown();
      extension.ledger();
      assertThat(waited.getCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"END", "AUTO"})
  void atTheEndOfAnInvocationItsRecordsLeaveBeforeTheNextEventIsAskedFor(FlushMode mode)
      throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.start(mode).platform.invoke("r-1", LONG);
      extension.progress.started("r-1");
      extension.pipeline.accept(lines("a"));
      assertThat(extension.sink.hasNoMoreSent()).isTrue();
      assertThat(extension.platform.hasNoMoreRequests()).isTrue();
      extension.progress.completed("r-1", 0);
      extension.awaitNext();
      assertThat(extension.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void aGrownHeapIsCollectedOnlyWhenTheNextEventHasBeenAskedFor() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      AtomicLong committed = new AtomicLong();
      CountDownLatch collected = new CountDownLatch(1);
      CompletableFuture<?> asked = new CompletableFuture<>();
      extension.heapTrimmer =
          new HeapTrimmer(
              committed::get,
              () -> {
                var _ = asked.orTimeout(20, TimeUnit.SECONDS).join();
                collected.countDown();
              });
      extension.start(FlushMode.NEXT_INVOKE).platform.invoke("r-1", LONG);
      committed.set(100_000_000);
      extension.awaitNext();
      asked.complete(null);
      Wait.open(collected);
    }
  }

  @Test
  void inQuickTrafficInvocationsAreNotHeldAndWhatTheyLeaveBehindLeavesBesideLaterOnes()
      throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      ManualClock clock = new ManualClock();
      extension.nanoClock = clock;
      extension.start(FlushMode.AUTO);
      for (int i = 1; i <= 2; i++) {
        extension.platform.invoke("r-" + i, LONG);
        extension.progress.completed("r-" + i, 0);
        extension.awaitNext();
        clock.advance(Duration.ofMillis(50));
      }
      extension.platform.invoke("r-3", LONG);
      extension.awaitNext();
      clock.advance(Duration.ofMillis(50));
      extension.pipeline.accept(lines("a"));
      extension.progress.completed("r-3", 0);
      extension.platform.invoke("r-4", LONG);
      extension.awaitNext();
      assertThat(extension.sink.nextSent().records()).hasSize(1);
    }
  }

  @Test
  void anEventThatDidNotExistBeforeIsNotTakenForTheEnd() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.start(FlushMode.END).platform.json(200, "{\"eventType\":\"SUSPEND\"}");
      extension.awaitNext();
      extension.platform.shutdown();
      assertThat(extension.ledger().lane()).isEqualTo("fake");
    }
  }

  @Test
  void anInvocationMayBeOverBeforeItsEventWasRead() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.start(FlushMode.END);
      extension.progress.started("r-1");
      extension.progress.completed("r-1", 0);
      extension.pipeline.accept(lines("a"));
      extension.platform.invoke("r-1", LONG);
      extension.awaitNext();
      assertThat(extension.sink.arrived()).containsExactly("a");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"END", "AUTO"})
  void theEndOfARetryWithTheSameRequestIdIsAwaited(FlushMode mode) throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.start(mode).platform.invoke("r-1", LONG);
      extension.progress.started("r-1");
      extension.progress.completed("r-1", 0);
      extension.awaitNext();
      extension.platform.invoke("r-1", LONG);
      extension.progress.started("r-1");
      extension.pipeline.accept(lines("a"));
      assertThat(extension.platform.hasNoMoreRequests()).isTrue();
      extension.progress.completed("r-1", 0);
      extension.awaitNext();
      assertThat(extension.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void anInvocationWithoutAnEndIsLeftAQuarterOfASecondBeforeItsDeadline() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      ManualClock clock = invokedFor(extension, Duration.ofMillis(600));
      extension.progress.started("r-1");
      clock.advance(Duration.ofMillis(349));
      extension.progress.started("other");
      assertThat(extension.platform.hasNoMoreRequests()).isTrue();
      clock.advance(Duration.ofMillis(1));
      extension.progress.started("another");
      extension.awaitNext();
    }
  }

  @Test
  void aHangingDestinationIsLeftAQuarterOfASecondBeforeTheDeadline() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      CountDownLatch begun = extension.sink.hanging();
      extension.pipeline.accept(lines("a"));
      ManualClock clock = invokedFor(extension, Duration.ofMillis(600));
      extension.progress.completed("r-1", 0);
      Wait.open(begun);
      assertThat(extension.platform.hasNoMoreRequests()).isTrue();
      clock.advance(Duration.ofMillis(350));
      extension.pipeline.accept(lines("b"));
      extension.awaitNext();
    }
  }

  /// Begins an invocation that has so long left on a clock that the test moves.
  private static ManualClock invokedFor(LifecycleHarness extension, Duration left)
      throws Exception {
    ManualClock clock = new ManualClock();
    extension.nanoClock = clock;
    extension.epochMillisClock = () -> 1_000_000;
    long deadline = 1_000_000 + left.toMillis();
    extension.start(FlushMode.END);
    extension.platform.json(
        200, "{\"eventType\":\"INVOKE\",\"requestId\":\"r-1\",\"deadlineMs\":" + deadline + "}");
    // Told when the event has been read, and so its deadline reckoned.
    while (extension.arns.isEmpty()) {
      Thread.onSpinWait();
    }
    return clock;
  }

  @Test
  void atTheNextInvocationRecordsLeaveWhileTheFunctionRuns() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.pipeline.accept(lines("a"));
      extension.start(FlushMode.NEXT_INVOKE).platform.invoke("r-1", LONG);
      extension.awaitNext();
      assertThat(extension.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void inBatchesRecordsLeaveAtEverySoManyInvocations() throws Exception {
    Batching everySecond = new Batching(1 << 20, 1 << 20, Duration.ofHours(1), 2);
    try (LifecycleHarness extension = new LifecycleHarness(everySecond)) {
      extension.pipeline.accept(lines("a"));
      extension.start(FlushMode.AUTO).platform.invoke("r-1", LONG);
      extension.awaitNext();
      assertThat(extension.sink.hasNoMoreSent()).isTrue();
      extension.platform.invoke("r-2", LONG);
      extension.awaitNext();
      assertThat(extension.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void inTheBackgroundNoInvocationIsHeld() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.pipeline.accept(lines("a"));
      extension.start(FlushMode.BACKGROUND).platform.invoke("r-1", LONG);
      extension.awaitNext();
      assertThat(extension.sink.hasNoMoreSent()).isTrue();
    }
  }

  @Test
  void noInvocationIsHeldForADestinationThatCannotBeReached() throws Exception {
    LaneConfig off = Pipelines.off("off");
    try (LifecycleHarness extension = new LifecycleHarness(off)) {
      extension.start(FlushMode.END);
      while (extension.pipeline.typicalSendNanos().isPresent()) {
        Thread.onSpinWait();
      }
      extension.platform.invoke("r-1", LONG);
      extension.awaitNext();
      assertThat(extension.pipeline.typicalSendNanos()).isEmpty();
    }
  }
}
