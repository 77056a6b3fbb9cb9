package dev.logshipper.bench;

import java.util.List;
import java.util.Map;

/// One table: what is done with each candidate in turn, several times, and what is read off. One
/// thread at a time.
interface Experiment {

  /// What is done, in one line.
  String title();

  /// The columns. One that no candidate has a value for is left out.
  List<Figure> figures();

  /// Whether it makes sense for a candidate.
  boolean suits(Candidate candidate);

  /// Does it once.
  ///
  /// @return what is known; a figure that the candidate does not have is missing
  /// @throws Exception what went wrong; the table goes on without this repetition
  Map<Figure, Double> measure(Candidate candidate) throws Exception;

  /// How many of the repetitions asked for it makes: those that take minutes in real time make
  /// fewer.
  default int repetitions(int asked) {
    return asked;
  }
}
