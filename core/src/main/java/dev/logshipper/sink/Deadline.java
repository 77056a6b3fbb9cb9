package dev.logshipper.sink;

import java.time.Duration;
import java.util.function.LongSupplier;

/// A point in monotonic time by which something must end. Immutable and thread-safe.
///
/// The clock goes on while the environment is frozen, so a deadline may have passed long ago when
/// the process thaws.
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
    Deadline other = after(duration, nanoClock);
    return other.atNanos - atNanos < 0 ? other : this;
  }

  /// A point `duration` before this one.
  public Deadline minus(Duration duration) {
    return new Deadline(atNanos - duration.toNanos(), nanoClock);
  }

  @Override
  public String toString() {
    return remainingNanos() / 1_000_000 + " ms left";
  }
}
