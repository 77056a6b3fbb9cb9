package dev.logshipper.advisor.simulation;

/// Units of virtual time.
public final class VirtualTime {
  public static final long NEVER = Long.MAX_VALUE;

  private VirtualTime() {}

  public static long nanos(double millis) {
    return Math.round(millis * 1e6);
  }

  public static double millis(long nanos) {
    return nanos / 1e6;
  }
}
