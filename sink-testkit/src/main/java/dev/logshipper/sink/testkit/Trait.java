package dev.logshipper.sink.testkit;

/// What a destination can do and another one cannot. The contract verifies it where it is declared,
/// and where it is not that it is missing indeed.
public enum Trait {
  /// It may take some records of a batch and refuse others, and says which.
  PARTIAL,
  /// It holds a batch once, also when the same one is sent again after an unknown outcome, by what
  /// the sink makes of [dev.logshipper.sink.Batch#id] or of the records.
  IDEMPOTENT,
  /// It can say how long to wait.
  NAMES_WAIT
}
