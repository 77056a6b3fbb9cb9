package dev.logshipper.advisor.explain;

import java.util.List;
import java.util.Random;

/// The traffic of a function.
///
/// @param invocations per hour
/// @param durationMillis of the function
/// @param lines per invocation
/// @param lineBytes of each
/// @param environments that share the traffic evenly; 0: as many as it needs
/// @param isSteady whether intervals are equal, rather than random
/// @param sample lines of the function, to measure how well they compress; empty for artificial
///   ones
public record Profile(
    double invocations,
    double durationMillis,
    int lines,
    int lineBytes,
    int environments,
    boolean isSteady,
    List<String> sample) {
  private static final double HOUR_MILLIS = 3_600_000;

  public Profile {
    sample = List.copyOf(sample);
  }

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
  private double gapMillis() {
    double interval = HOUR_MILLIS * environmentsInUse() / invocations;
    return Math.max(0.5, interval - durationMillis);
  }

  /// Time to the next invocation in the same environment.
  double gapMillis(Random random) {
    double mean = gapMillis();
    return isSteady ? mean : -mean * Math.log(1 - random.nextDouble());
  }

  /// The same with other traffic.
  Profile at(double invocationsPerHour) {
    return new Profile(
        invocationsPerHour, durationMillis, lines, lineBytes, environments, isSteady, sample);
  }

  /// The most invocations an hour that the given environments can serve.
  double invocationsMax() {
    return environments == 0 ? Double.MAX_VALUE : environments * HOUR_MILLIS / durationMillis;
  }

  double perDay() {
    return invocations * 24;
  }
}
