package dev.logshipper.sink;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A point in monotonic time by which something must end. Thread-safe.
///
/// The clock continues while the environment is frozen, so a deadline may have passed long ago when
/// the process thaws. Only the deadline of an attempt ([#ofRunning]) counts the time during which
/// the environment runs: each freeze that is reported to it postpones it. Others are immutable.
public final class Deadline {
  private final long atNanos;
  private final LongSupplier nanoClock;

  private Deadline(long atNanos, LongSupplier nanoClock) {
    this.atNanos = atNanos;
    this.nanoClock = nanoClock;
  }

  /// The point `duration` from now on the given clock; a negative one is in the past.
  public static Deadline after(Duration duration, LongSupplier nanoClock) {
    return new Deadline(nanoClock.getAsLong() + duration.toNanos(), nanoClock);
  }

  /// The point at which the environment will have run for `duration` from now on.
  public static Deadline ofRunning(Duration duration, LongSupplier nanoClock) {
    return after(duration, new RunningClock(nanoClock));
  }

  /// Reports that the environment was frozen, as a thread noticed whose wait ended late. Postpones
  /// a deadline of running time, and all those derived from it or from which it is derived.
  public void wasFrozen(long nanos) {
    if (nanoClock instanceof RunningClock running) {
      running.stoppedFor(nanos);
    }
  }

  /// The duration of all reported freezes that postponed this deadline.
  public long frozenNanos() {
    return nanoClock instanceof RunningClock running ? running.stoppedNanos() : 0;
  }

  /// Time left; never negative.
  public Duration remaining() {
    return Duration.ofNanos(remainingNanos());
  }

  /// Nanoseconds left; never negative.
  public long remainingNanos() {
    return Math.max(0, atNanos - nanoClock.getAsLong());
  }

  /// Whether the deadline has passed.
  public boolean hasPassed() {
    return remainingNanos() == 0;
  }

  /// The earlier of this and the point `duration` from now.
  public Deadline atMost(Duration duration) {
    return duration.toNanos() < remainingNanos() ? after(duration, nanoClock) : this;
  }

  /// A point `duration` before this one.
  public Deadline minus(Duration duration) {
    return new Deadline(atNanos - duration.toNanos(), nanoClock);
  }

  @Override
  public String toString() {
    return remainingNanos() / 1_000_000 + " ms left";
  }

  /// A clock that stops for the duration of each freeze, once that is known.
  private static final class RunningClock implements LongSupplier {
    private final LongSupplier nanoClock;
    private final AtomicLong stoppedNanos = new AtomicLong();

    RunningClock(LongSupplier nanoClock) {
      this.nanoClock = nanoClock;
    }

    void stoppedFor(long nanos) {
      stoppedNanos.addAndGet(nanos);
    }

    long stoppedNanos() {
      return stoppedNanos.get();
    }

    @Override
    public long getAsLong() {
      return nanoClock.getAsLong() - stoppedNanos.get();
    }
  }
}
