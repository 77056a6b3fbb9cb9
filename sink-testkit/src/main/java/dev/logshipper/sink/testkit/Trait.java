package dev.logshipper.sink.testkit;

/// An ability that only some destinations have. The contract verifies each declared trait, and that
/// an undeclared one is absent.
public enum Trait {
  /// It may store some records of a batch and fail others temporarily, and reports which.
  PARTIAL_RETRY,
  /// It may store some records of a batch and reject others permanently, and reports which.
  PARTIAL_REJECTION,
  /// It stores a batch once, even when the batch is sent again after an unknown outcome; it
  /// recognises it by [dev.logshipper.sink.Batch#id] or by the records.
  IDEMPOTENT,
  /// It can ask for a wait before the next attempt.
  NAMES_WAIT,
  /// It shows some content differently from how it was sent: without control characters or outer
  /// white space, or with line ends replaced, as a chat does. Plain lines still arrive, each once
  /// and in order.
  LOSSY
}
