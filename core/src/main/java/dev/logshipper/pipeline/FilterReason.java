package dev.logshipper.pipeline;

/// Why a record was not shipped although nothing failed: the user wanted it so.
public enum FilterReason {
  /// Below the lowest level.
  LEVEL,
  /// Does not match the expression of records to ship.
  INCLUDE,
  /// Matches the expression of records not to ship.
  EXCLUDE,
  /// Its invocation is not in the sample.
  SAMPLE,
  /// Its invocation ended well, so that the flight recorder let it go.
  KEEP,
  /// Handed over by another lane, and of a type that this one does not ship.
  TYPE
}
