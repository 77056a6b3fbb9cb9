package dev.logshipper.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a run has measured so far.
final class Results {
  private final List<Measurement> measurements = new ArrayList<>();

  void add(Measurement measurement) {
    measurements.add(measurement);
  }

  /// What came of a figure; empty when the candidate does not have it.
  Optional<Statistics> of(String table, String candidate, Figure figure) {
    List<Double> values =
        measurements.stream()
            .filter(each -> each.table().equals(table))
            .filter(each -> each.candidate().equals(candidate))
            .filter(each -> each.figure().equals(figure))
            .map(Measurement::value)
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Statistics.of(values));
  }
}
