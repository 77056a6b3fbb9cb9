package dev.logshipper.lifecycle;

import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.Batching;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.platform.PlatformException;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.testkit.FakePlatform;
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
    try (Life life = new Life()) {
      life.pipeline.accept(lines("a"));
      life.start(mode).platform.shutdown();
      assertThat(life.ledger()).isEqualTo(new LaneLedger("fake", 1, 1, Map.of(), 0, 1, 0));
      assertThat(life.platform.hasNoMoreRequests()).isTrue();
    }
  }

  @Test
  void thePlatformsLastDeliveryAfterShutdownIsWaitedForAndSent() throws Exception {
    try (Life life = new Life()) {
      life.lastDelivery = () -> life.pipeline.accept(lines("last"));
      life.start(FlushMode.AUTO).platform.shutdown();
      life.ledger();
      assertThat(life.sink.arrived()).containsExactly("last");
    }
  }

  @Test
  void noLastDeliveryIsWaitedForWhenNoneIsExpected() throws Exception {
    try (Life life = new Life()) {
      CountDownLatch waited = new CountDownLatch(1);
      life.delivering = false;
      life.lastDelivery = waited::countDown;
      life.start(FlushMode.AUTO).platform.shutdown();
      life.ledger();
      assertThat(waited.getCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"END", "AUTO"})
  void atTheEndOfAnInvocationItsRecordsLeaveBeforeTheNextEventIsAskedFor(FlushMode mode)
      throws Exception {
    try (Life life = new Life()) {
      life.start(mode).platform.invoke("r-1", LONG);
      life.progress.started("r-1");
      life.pipeline.accept(lines("a"));
      assertThat(life.sink.hasNoMoreSent()).isTrue();
      assertThat(life.platform.hasNoMoreRequests()).isTrue();
      life.progress.completed("r-1");
      life.awaitNext();
      assertThat(life.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void aGrownHeapIsCollectedOnlyWhenTheNextEventHasBeenAskedFor() throws Exception {
    try (Life life = new Life()) {
      AtomicLong committed = new AtomicLong();
      CountDownLatch collected = new CountDownLatch(1);
      CompletableFuture<?> asked = new CompletableFuture<>();
      life.heapTrimmer =
          new HeapTrimmer(
              committed::get,
              () -> {
                var _ = asked.orTimeout(20, TimeUnit.SECONDS).join();
                collected.countDown();
              });
      life.start(FlushMode.NEXT_INVOKE).platform.invoke("r-1", LONG);
      committed.set(100_000_000);
      life.awaitNext();
      asked.complete(null);
      Wait.open(collected);
    }
  }

  @Test
  void inQuickTrafficInvocationsAreNotHeldAndWhatTheyLeaveBehindLeavesBesideLaterOnes()
      throws Exception {
    try (Life life = new Life()) {
      ManualClock clock = new ManualClock();
      life.nanoClock = clock;
      life.start(FlushMode.AUTO);
      for (int i = 1; i <= 2; i++) {
        life.platform.invoke("r-" + i, LONG);
        life.progress.completed("r-" + i);
        life.awaitNext();
        clock.advance(Duration.ofMillis(50));
      }
      life.platform.invoke("r-3", LONG);
      life.awaitNext();
      clock.advance(Duration.ofMillis(50));
      life.pipeline.accept(lines("a"));
      life.progress.completed("r-3");
      life.platform.invoke("r-4", LONG);
      life.awaitNext();
      assertThat(life.sink.nextSent().records()).hasSize(1);
    }
  }

  @Test
  void anEventThatDidNotExistBeforeIsNotTakenForTheEnd() throws Exception {
    try (Life life = new Life()) {
      life.start(FlushMode.END).platform.json(200, "{\"eventType\":\"SUSPEND\"}");
      life.awaitNext();
      life.platform.shutdown();
      assertThat(life.ledger().lane()).isEqualTo("fake");
    }
  }

  @Test
  void anInvocationMayBeOverBeforeItsEventWasRead() throws Exception {
    try (Life life = new Life()) {
      life.start(FlushMode.END);
      life.progress.started("r-1");
      life.progress.completed("r-1");
      life.pipeline.accept(lines("a"));
      life.platform.invoke("r-1", LONG);
      life.awaitNext();
      assertThat(life.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void anInvocationWithoutAnEndIsLeftAQuarterOfASecondBeforeItsDeadline() throws Exception {
    try (Life life = new Life()) {
      ManualClock clock = invokedFor(life, Duration.ofMillis(600));
      life.progress.started("r-1");
      clock.advance(Duration.ofMillis(349));
      life.progress.started("other");
      assertThat(life.platform.hasNoMoreRequests()).isTrue();
      clock.advance(Duration.ofMillis(1));
      life.progress.started("another");
      life.awaitNext();
    }
  }

  @Test
  void aHangingDestinationIsLeftAQuarterOfASecondBeforeTheDeadline() throws Exception {
    try (Life life = new Life()) {
      CountDownLatch begun = life.sink.hanging();
      life.pipeline.accept(lines("a"));
      ManualClock clock = invokedFor(life, Duration.ofMillis(600));
      life.progress.completed("r-1");
      Wait.open(begun);
      assertThat(life.platform.hasNoMoreRequests()).isTrue();
      clock.advance(Duration.ofMillis(350));
      life.pipeline.accept(lines("b"));
      life.awaitNext();
    }
  }

  /// Begins an invocation that has so long left on a clock that the test moves.
  private static ManualClock invokedFor(Life life, Duration left) throws Exception {
    ManualClock clock = new ManualClock();
    life.nanoClock = clock;
    life.epochMillisClock = () -> 1_000_000;
    long deadline = 1_000_000 + left.toMillis();
    life.start(FlushMode.END);
    life.platform.json(
        200, "{\"eventType\":\"INVOKE\",\"requestId\":\"r-1\",\"deadlineMs\":" + deadline + "}");
    // Told when the event has been read, and so its deadline reckoned.
    while (life.arns.isEmpty()) {
      Thread.onSpinWait();
    }
    return clock;
  }

  @Test
  void atTheNextInvocationRecordsLeaveWhileTheFunctionRuns() throws Exception {
    try (Life life = new Life()) {
      life.pipeline.accept(lines("a"));
      life.start(FlushMode.NEXT_INVOKE).platform.invoke("r-1", LONG);
      life.awaitNext();
      assertThat(life.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void inBatchesRecordsLeaveAtEverySoManyInvocations() throws Exception {
    Batching everySecond = new Batching(1 << 20, 1 << 20, Duration.ofHours(1), 2);
    try (Life life = new Life(everySecond)) {
      life.pipeline.accept(lines("a"));
      life.start(FlushMode.AUTO).platform.invoke("r-1", LONG);
      life.awaitNext();
      assertThat(life.sink.hasNoMoreSent()).isTrue();
      life.platform.invoke("r-2", LONG);
      life.awaitNext();
      assertThat(life.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void inTheBackgroundNoInvocationIsHeld() throws Exception {
    try (Life life = new Life()) {
      life.pipeline.accept(lines("a"));
      life.start(FlushMode.BACKGROUND).platform.invoke("r-1", LONG);
      life.awaitNext();
      assertThat(life.sink.hasNoMoreSent()).isTrue();
    }
  }

  @Test
  void noInvocationIsHeldForADestinationThatCannotBeReached() throws Exception {
    LaneConfig off = Pipelines.off("off");
    try (Life life = new Life(off)) {
      life.start(FlushMode.END);
      while (life.pipeline.typicalSendNanos().isPresent()) {
        Thread.onSpinWait();
      }
      life.platform.invoke("r-1", LONG);
      life.awaitNext();
      assertThat(life.pipeline.typicalSendNanos()).isEmpty();
    }
  }

  @Test
  void whoTakesTheDeadOnesPlaceDoesNotAskAgain() throws Exception {
    try (Life life = new Life()) {
      String registered = FakePlatform.response(200, "{}", "Lambda-Extension-Identifier: id-1");
      String shutdown = FakePlatform.response(200, "{\"eventType\":\"SHUTDOWN\"}");
      life.platform.raw(registered + shutdown);
      life.begin(FlushMode.AUTO, true);
      assertThat(life.ledger().received()).isZero();
      assertThat(life.platform.nextRequest()).startsWith("POST ");
      assertThat(life.platform.hasNoMoreRequests()).isTrue();
    }
  }

  @Test
  void theFunctionsArnIsLearnedFromItsInvocations() throws Exception {
    try (Life life = new Life()) {
      life.start(FlushMode.BACKGROUND).platform.invoke("r-1", LONG);
      life.awaitNext();
      assertThat(life.arns)
          .containsExactly("arn:aws:lambda:eu-west-1:123456789012:function:hello:live");
    }
  }

  @Test
  void theSlateShowsEachPhase() throws Exception {
    try (Life life = new Life()) {
      life.start(FlushMode.BACKGROUND).platform.invoke("r-1", LONG);
      life.awaitNext();
      life.platform.shutdown();
      life.ledger();
      assertThat(life.statePipe.history())
          .containsExactly(
              "4321 subscribed waiting\n",
              "4321 subscribed waiting\n4321 subscribed invoked\n",
              "4321 subscribed invoked\n",
              "4321 subscribed invoked\n4321 subscribed waiting\n",
              "4321 subscribed waiting\n",
              "4321 subscribed waiting\n4321 subscribed invoked\n",
              "4321 subscribed invoked\n",
              "4321 subscribed invoked\n4321 subscribed shutdown\n",
              "4321 subscribed shutdown\n",
              "4321 subscribed shutdown\n4321 subscribed shutdown\n",
              "4321 subscribed shutdown\n");
    }
  }

  @Test
  void aPlatformThatGivesNoMoreEventsIsTheEnd() throws Exception {
    try (Life life = new Life()) {
      life.start(FlushMode.AUTO).platform.json(403, "{}");
      assertThat(life.failure()).isInstanceOf(PlatformException.class);
    }
  }
}
