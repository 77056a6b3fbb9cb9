package dev.logshipper.policy;

/// What a send takes, from the request to the answer.
@FunctionalInterface
interface Destination {

  double answerMillis(long nowNanos);

  static Destination steady(double millis) {
    return _ -> millis;
  }

  /// Every hundred seconds it is slow for as long.
  static Destination slowingDown(double millis, double slowMillis) {
    return nowNanos -> nowNanos / Clocked.nanos(100_000) % 2 == 0 ? millis : slowMillis;
  }
}
