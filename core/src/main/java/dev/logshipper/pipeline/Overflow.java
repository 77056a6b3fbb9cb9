package dev.logshipper.pipeline;

/// Which record to drop when the buffer is full.
public enum Overflow {
  /// The oldest one that is not in flight.
  DROP_OLDEST,
  /// The one that has just arrived.
  DROP_NEWEST
}
