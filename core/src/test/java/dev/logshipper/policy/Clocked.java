package dev.logshipper.policy;

/// Units of virtual time.
final class Clocked {
  static final long NEVER = Long.MAX_VALUE;

  private Clocked() {}

  static long nanos(double millis) {
    return Math.round(millis * 1e6);
  }

  static double millis(long nanos) {
    return nanos / 1e6;
  }
}
