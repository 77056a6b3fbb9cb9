package dev.logshipper.advisor.explain;

/// The traffic of a function.
///
/// @param invocations per hour
/// @param durationMillis of the function
/// @param lines per invocation
/// @param lineBytes of each
/// @param environments that share the traffic evenly; 0: as many as it needs
/// @param isSteady whether intervals are equal, rather than random
public record Profile(
    double invocations,
    double durationMillis,
    int lines,
    int lineBytes,
    int environments,
    boolean isSteady) {
  private static final double HOUR_MILLIS = 3_600_000;

  /// The given number of environments, or the mean number of running invocations and twice its
  /// deviation, for random arrivals.
  public int environmentsInUse() {
    if (environments > 0) {
      return environments;
    }
    double busy = invocations * durationMillis / HOUR_MILLIS;
    return (int) Math.max(1, Math.ceil(busy + 2 * Math.sqrt(busy)));
  }

  /// Mean time from the end of an invocation to the start of the next one in the same environment.
  double gapMillis() {
    double interval = HOUR_MILLIS * environmentsInUse() / invocations;
    return Math.max(0.5, interval - durationMillis);
  }

  double perDay() {
    return invocations * 24;
  }
}
