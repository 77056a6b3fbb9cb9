package dev.logshipper.advisor.simulation;

/// The latency of a destination, from request to response.
@FunctionalInterface
public interface SendLatency {

  double millis(long nowNanos);

  static SendLatency steady(double millis) {
    return _ -> millis;
  }

  /// Alternates between the two every hundred seconds.
  static SendLatency alternating(double millis, double slowMillis) {
    return nowNanos -> nowNanos / VirtualTime.nanos(100_000) % 2 == 0 ? millis : slowMillis;
  }
}
