package dev.logshipper.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The measurements of a run so far.
public final class Results {
  private final List<Measurement> measurements = new ArrayList<>();

  public void add(Measurement measurement) {
    measurements.add(measurement);
  }

  /// The values of a figure; empty if the candidate does not have it.
  public Optional<Statistics> of(String table, String candidate, Figure figure) {
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
