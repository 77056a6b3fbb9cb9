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

  private final InvocationTracker progress = new InvocationTracker(new SystemMonitor());

  @Test
  void whatHappenedBeforeAnybodyAskedIsKnown() throws InterruptedException {
    progress.started("r-1");
    progress.completed("r-1");
    assertThat(progress.awaitStart("r-1", FAR)).isTrue();
    assertThat(progress.awaitCompletion("r-1", FAR)).isTrue();
    assertThat(progress.awaitCompletion("r-1", PASSED)).isTrue();
  }

  @Test
  void whatDoesNotHappenIsWaitedForUntilTheDeadline() throws InterruptedException {
    progress.started("r-1");
    progress.completed("r-2");
    Deadline soon = Deadline.after(Duration.ofMillis(20), System::nanoTime);
    assertThat(progress.awaitCompletion("r-1", soon)).isFalse();
    assertThat(soon.hasPassed()).isTrue();
    assertThat(progress.awaitStart("r-3", PASSED)).isFalse();
  }

  @Test
  void anEndIsASignOfABeginning() throws InterruptedException {
    progress.completed("r-1");
    assertThat(progress.awaitStart("r-1", PASSED)).isTrue();
  }

  @Test
  void whoWaitsIsToldAtOnce() throws InterruptedException {
    AtomicBoolean completed = new AtomicBoolean();
    Thread waiter = Thread.ofPlatform().start(() -> completed.set(awaitCompletion("r-1")));
    Wait.parked(waiter);
    progress.completed("r-1");
    Wait.end(waiter);
    assertThat(completed).isTrue();
  }

  @Test
  void nobodyWaitsForNewsThatAreHeldUp() throws InterruptedException {
    AtomicBoolean completed = new AtomicBoolean();
    Thread waiter = Thread.ofPlatform().start(() -> completed.set(awaitCompletion("r-1")));
    Wait.parked(waiter);
    progress.telemetryDelayed(true);
    Wait.end(waiter);
    assertThat(completed).isTrue();
    assertThat(progress.awaitStart("r-2", FAR)).isTrue();
    assertThat(progress.awaitCompletion("r-2", FAR)).isTrue();
    progress.telemetryDelayed(false);
    assertThat(progress.awaitStart("r-2", PASSED)).isFalse();
    assertThat(progress.awaitCompletion("r-2", PASSED)).isFalse();
  }

  @Test
  void onlyTheLatestAreRemembered() throws InterruptedException {
    for (int i = 0; i < 65; i++) {
      progress.started("r-" + i);
      progress.completed("r-" + i);
    }
    assertThat(progress.awaitCompletion("r-0", PASSED)).isFalse();
    assertThat(progress.awaitStart("r-0", PASSED)).isFalse();
    assertThat(progress.awaitCompletion("r-1", PASSED)).isTrue();
    assertThat(progress.starts()).isEqualTo(65);
  }

  private boolean awaitCompletion(String requestId) {
    try {
      return progress.awaitCompletion(requestId, FAR);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
