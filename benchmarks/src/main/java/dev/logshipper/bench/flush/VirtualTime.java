package dev.logshipper.bench.flush;

/// Units of virtual time.
final class VirtualTime {
  static final long NEVER = Long.MAX_VALUE;

  private VirtualTime() {}

  static long nanos(double millis) {
    return Math.round(millis * 1e6);
  }

  static double millis(long nanos) {
    return nanos / 1e6;
  }
}
