package dev.logshipper.bench.result;

import java.util.List;

/// Median and quartiles of some values. Mean and deviation would be dominated by the one value that
/// a busy machine spoilt.
public record Statistics(double median, double lowerQuartile, double upperQuartile) {

  /// Computes median and quartiles.
  ///
  /// @throws IllegalArgumentException if there are no values
  static Statistics of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    List<Double> sorted = values.stream().sorted().toList();
    return new Statistics(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75));
  }

  /// A quantile, interpolated between neighbours.
  ///
  /// @param sorted at least one value, ascending
  public static double quantile(List<Double> sorted, double share) {
    double index = share * (sorted.size() - 1);
    int below = (int) index;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (index - below) * (sorted.get(above) - sorted.get(below));
  }
}
