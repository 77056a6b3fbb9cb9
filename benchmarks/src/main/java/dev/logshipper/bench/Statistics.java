package dev.logshipper.bench;

import java.util.List;

/// The middle of some values, and how far they spread: half of them lie between the quartiles. The
/// mean and the deviation would tell more of the one value that a busy machine spoilt.
record Statistics(double median, double lowerQuartile, double upperQuartile) {

  /// @throws IllegalArgumentException without values
  static Statistics of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    List<Double> sorted = values.stream().sorted().toList();
    return new Statistics(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75));
  }

  /// The value below which this share of them lies, between two of them in proportion.
  ///
  /// @param sorted in ascending order, at least one
  static double quantile(List<Double> sorted, double share) {
    double place = share * (sorted.size() - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
  }
}
