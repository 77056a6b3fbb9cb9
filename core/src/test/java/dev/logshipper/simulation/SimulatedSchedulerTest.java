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
  private static final ScheduleProfile ATTENTIVE = new ScheduleProfile(50, 0, 0, 100);

  private final Trace trace = new Trace();
  private final SimulatedScheduler scheduler =
      new SimulatedScheduler(new SeededRandom(1), ATTENTIVE, trace, Long.MAX_VALUE);
  private final Monitor monitor = scheduler.newMonitor();
  private final List<String> happened = new ArrayList<>();
  private boolean changed;

  @Test
  void timePassesOnlyWhenNobodyCanGoOnAndThenAtOnce() throws InterruptedException {
    run(() -> {
      scheduler.start("late", () -> sleepThenSay(2 * HOUR));
      scheduler.start("early", () -> sleepThenSay(HOUR));
    });
    assertThat(happened).containsExactly("early at 1 h", "late at 2 h");
    assertThat(trace.violation()).isNull();
  }

  @Test
  void whoIsFrozenGoesOnAtTheThaw() throws InterruptedException {
    run(() -> {
      scheduler.start("frozen", () -> sleepThenSay(2 * HOUR));
      sleepThenSay(HOUR);
      scheduler.freeze();
      sleepThenSay(3 * HOUR);
      scheduler.thaw();
    });
    assertThat(happened).containsExactly("world at 1 h", "world at 4 h", "frozen at 4 h");
    assertThat(scheduler.lost()).isEqualTo(3 * HOUR);
  }

  @Test
  void whoWaitsForEverIsFound() throws InterruptedException {
    run(() -> scheduler.start("forgotten", this::awaitChange));
    assertThat(brokenPromise()).isEqualTo("nobody waits for ever");
  }

  @Test
  void whoShouldHaveBeenToldIsFound() throws InterruptedException {
    run(() -> {
      scheduler.start("forgotten", this::awaitChange);
      sleepThenSay(HOUR);
      changed = true;
    });
    assertThat(brokenPromise()).isEqualTo("whoever waits has a reason");
  }

  @Test
  void whoIsToldGoesOn() throws InterruptedException {
    run(() -> {
      scheduler.start("waiting", this::awaitChange);
      sleepThenSay(HOUR);
      monitor.lock();
      changed = true;
      monitor.signalAll();
      monitor.unlock();
    });
    assertThat(happened).containsExactly("world at 1 h", "waiting at 1 h");
    assertThat(trace.violation()).isNull();
  }

  @Test
  void whoDiesIsFound() throws InterruptedException {
    run(() -> {
      throw new IllegalStateException();
    });
    assertThat(brokenPromise()).isEqualTo("no thread dies");
  }

  private @Nullable String brokenPromise() {
    Violation violation = trace.violation();
    return violation == null ? null : violation.invariant();
  }

  private void run(Runnable world) throws InterruptedException {
    scheduler.run(world, () -> {});
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
      say();
    });
  }

  private void sleepThenSay(long nanos) {
    Telemetry.uninterrupted(() -> scheduler.sleep(nanos));
    say();
  }

  private void say() {
    happened.add(scheduler.current().name + " at " + scheduler.now() / HOUR + " h");
  }
}
