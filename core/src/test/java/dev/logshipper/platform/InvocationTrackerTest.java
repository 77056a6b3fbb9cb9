package dev.logshipper.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Deadline;
import dev.logshipper.testkit.Wait;
import dev.logshipper.time.SystemMonitor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InvocationTrackerTest {
  private static final Deadline PASSED = Deadline.after(Duration.ZERO, System::nanoTime);
  private static final Deadline FAR = Deadline.after(Duration.ofHours(1), System::nanoTime);

  private final InvocationTracker tracker = new InvocationTracker(new SystemMonitor());

  @Test
  void reportsBeforeTheWaitCount() throws InterruptedException {
    tracker.started("r-1");
    tracker.completed("r-1", 0);
    assertThat(tracker.awaitStart("r-1", 1, FAR)).isTrue();
    assertThat(tracker.awaitCompletion("r-1", 1, FAR)).isTrue();
    assertThat(tracker.awaitCompletion("r-1", 1, PASSED)).isTrue();
  }

  @Test
  void waitsForAMissingReportUntilTheDeadline() throws InterruptedException {
    tracker.started("r-1");
    tracker.completed("r-2", 0);
    Deadline soon = Deadline.after(Duration.ofMillis(20), System::nanoTime);
    assertThat(tracker.awaitCompletion("r-1", 1, soon)).isFalse();
    assertThat(soon.hasPassed()).isTrue();
    assertThat(tracker.awaitStart("r-3", 1, PASSED)).isFalse();
  }

  @Test
  void aCompletionImpliesAStart() throws InterruptedException {
    tracker.completed("r-1", 0);
    assertThat(tracker.awaitStart("r-1", 1, PASSED)).isTrue();
  }

  @Test
  void aReportEndsTheWaitAtOnce() throws InterruptedException {
    AtomicBoolean completed = new AtomicBoolean();
    Thread waiter = Thread.ofPlatform().start(() -> completed.set(awaitCompletion("r-1")));
    Wait.parked(waiter);
    tracker.completed("r-1", 0);
    Wait.end(waiter);
    assertThat(completed).isTrue();
  }

  @Test
  void waitsForNoDelayedTelemetry() throws InterruptedException {
    AtomicBoolean completed = new AtomicBoolean();
    Thread waiter = Thread.ofPlatform().start(() -> completed.set(awaitCompletion("r-1")));
    Wait.parked(waiter);
    tracker.telemetryDelayed(true);
    Wait.end(waiter);
    assertThat(completed).isTrue();
    assertThat(tracker.awaitStart("r-2", 1, FAR)).isTrue();
    assertThat(tracker.awaitCompletion("r-2", 1, FAR)).isTrue();
    tracker.telemetryDelayed(false);
    assertThat(tracker.awaitStart("r-2", 1, PASSED)).isFalse();
    assertThat(tracker.awaitCompletion("r-2", 1, PASSED)).isFalse();
  }

  @Test
  void countsTheAttemptsOfARequestId() {
    assertThat(tracker.invoked("r-1")).isEqualTo(1);
    assertThat(tracker.invoked("r-2")).isEqualTo(1);
    assertThat(tracker.invoked("r-1")).isEqualTo(2);
  }

  @Test
  void aRetryWithTheSameIdHasAStartAndAnEndOfItsOwn() throws InterruptedException {
    tracker.started("r-1");
    tracker.completed("r-1", 0);
    assertThat(tracker.awaitStart("r-1", 2, PASSED)).isFalse();
    tracker.started("r-1");
    assertThat(tracker.awaitStart("r-1", 2, PASSED)).isTrue();
    assertThat(tracker.awaitCompletion("r-1", 2, PASSED)).isFalse();
    tracker.completed("r-1", 0);
    assertThat(tracker.awaitCompletion("r-1", 2, PASSED)).isTrue();
    assertThat(tracker.awaitStart("r-1", 3, PASSED)).isFalse();
  }

  @Test
  void theEndOfARetryMayBeReportedBeforeItsStart() throws InterruptedException {
    tracker.completed("r-1", 0);
    tracker.started("r-1");
    tracker.completed("r-1", 0);
    assertThat(tracker.awaitCompletion("r-1", 2, PASSED)).isTrue();
    tracker.started("r-1");
    assertThat(tracker.awaitCompletion("r-1", 3, PASSED)).isFalse();
  }

  @Test
  void anEndCompletesEarlierAttemptsWhoseEndWasNeverReported() throws InterruptedException {
    tracker.started("r-1");
    tracker.started("r-1");
    tracker.completed("r-1", 0);
    assertThat(tracker.awaitCompletion("r-1", 2, PASSED)).isTrue();
  }

  @Test
  void aPossiblyLostEndCompletesTheAttemptThatHasBegun() throws InterruptedException {
    tracker.started("r-1");
    tracker.completionLost("r-1");
    assertThat(tracker.awaitCompletion("r-1", 1, PASSED)).isTrue();
    tracker.started("r-1");
    assertThat(tracker.awaitCompletion("r-1", 2, PASSED)).isFalse();
    tracker.completionLost("r-1");
    assertThat(tracker.awaitCompletion("r-1", 2, PASSED)).isTrue();
  }

  @Test
  void anEndThatWasPresumedLostIsNotCountedTwice() throws InterruptedException {
    tracker.started("r-1");
    tracker.completionLost("r-1");
    tracker.completed("r-1", 0);
    assertThat(tracker.awaitCompletion("r-1", 2, PASSED)).isFalse();
    tracker.started("r-1");
    tracker.completed("r-1", 0);
    assertThat(tracker.awaitCompletion("r-1", 2, PASSED)).isTrue();
  }

  @Test
  void aLossAfterTheEndOfTheLatestAttemptCompletesNoOther() throws InterruptedException {
    tracker.started("r-1");
    tracker.completed("r-1", 0);
    tracker.completionLost("r-1");
    assertThat(tracker.awaitCompletion("r-1", 2, PASSED)).isFalse();
  }

  @Test
  void remembersTheLatestIds() throws InterruptedException {
    for (int i = 0; i < 65; i++) {
      tracker.started("r-" + i);
      tracker.completed("r-" + i, 0);
    }
    assertThat(tracker.awaitCompletion("r-0", 1, PASSED)).isFalse();
    assertThat(tracker.awaitStart("r-0", 1, PASSED)).isFalse();
    assertThat(tracker.awaitCompletion("r-1", 1, PASSED)).isTrue();
    assertThat(tracker.starts()).isEqualTo(65);
  }

  private boolean awaitCompletion(String requestId) {
    try {
      return tracker.awaitCompletion(requestId, 1, FAR);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
