package dev.logshipper.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.time.Monitor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SimulatedSchedulerTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final ScheduleProfile SPURIOUS_WAKES = new ScheduleProfile(50, 0, 0, 100);

  private final Trace trace = new Trace();
  private final SimulatedScheduler scheduler =
      new SimulatedScheduler(new SeededRandom(1), SPURIOUS_WAKES, trace, Long.MAX_VALUE);
  private final Monitor monitor = scheduler.newMonitor();
  private final List<String> events = new ArrayList<>();
  private boolean changed;

  @Test
  void timeMovesOnlyWhenNoThreadIsRunnable() throws InterruptedException {
    run(() -> {
      scheduler.start("late", () -> sleepThenLog(2 * HOUR));
      scheduler.start("early", () -> sleepThenLog(HOUR));
    });
    assertThat(events).containsExactly("early at 1 h", "late at 2 h");
    assertThat(trace.violation()).isNull();
  }

  @Test
  void frozenThreadContinuesAtTheThaw() throws InterruptedException {
    run(() -> {
      scheduler.start("frozen", () -> sleepThenLog(2 * HOUR));
      sleepThenLog(HOUR);
      scheduler.freeze();
      sleepThenLog(3 * HOUR);
      scheduler.thaw();
    });
    assertThat(events).containsExactly("outside at 1 h", "outside at 4 h", "frozen at 4 h");
    assertThat(scheduler.lost()).isEqualTo(3 * HOUR);
  }

  @Test
  void detectsADeadlock() throws InterruptedException {
    run(() -> scheduler.start("forgotten", this::awaitChange));
    assertThat(violated()).isEqualTo("NoDeadlock");
  }

  @Test
  void detectsAMissingSignal() throws InterruptedException {
    run(() -> {
      scheduler.start("forgotten", this::awaitChange);
      sleepThenLog(HOUR);
      changed = true;
    });
    assertThat(violated()).isEqualTo("ChangesAreSignalled");
  }

  @Test
  void signalledThreadContinues() throws InterruptedException {
    run(() -> {
      scheduler.start("waiting", this::awaitChange);
      sleepThenLog(HOUR);
      monitor.lock();
      changed = true;
      monitor.signalAll();
      monitor.unlock();
    });
    assertThat(events).containsExactly("outside at 1 h", "waiting at 1 h");
    assertThat(trace.violation()).isNull();
  }

  @Test
  void detectsAFailedThread() throws InterruptedException {
    run(() -> {
      throw new IllegalStateException();
    });
    assertThat(violated()).isEqualTo("NoThreadFails");
  }

  private @Nullable String violated() {
    Violation violation = trace.violation();
    return violation == null ? null : violation.invariant();
  }

  private void run(Runnable first) throws InterruptedException {
    scheduler.run(first, () -> {});
  }

  private void awaitChange() {
    Telemetry.uninterrupted(() -> {
      monitor.lock();
      try {
        while (!changed) {
          monitor.awaitNanos(Long.MAX_VALUE);
        }
      } finally {
        monitor.unlock();
      }
      log();
    });
  }

  private void sleepThenLog(long nanos) {
    Telemetry.uninterrupted(() -> scheduler.sleep(nanos));
    log();
  }

  private void log() {
    events.add(scheduler.current().name + " at " + scheduler.now() / HOUR + " h");
  }
}
