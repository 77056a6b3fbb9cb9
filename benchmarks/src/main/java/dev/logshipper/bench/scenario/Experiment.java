package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.result.Figure;
import java.util.List;
import java.util.Map;

/// A measurement that is repeated with each candidate in turn and gives one table. Not thread-safe.
public interface Experiment {

  /// A description in one line.
  String title();

  /// The columns. One without values is omitted.
  List<Figure> figures();

  /// Whether it applies to a candidate.
  boolean appliesTo(Candidate candidate);

  /// Measures once.
  ///
  /// @return the values; figures that the candidate does not have are missing
  /// @throws Exception on failure; the table continues without this repetition
  Map<Figure, Double> measure(Candidate candidate) throws Exception;

  /// The number of repetitions. Experiments that last minutes in real time make fewer than
  /// requested.
  default int repetitions(int requested) {
    return requested;
  }
}
