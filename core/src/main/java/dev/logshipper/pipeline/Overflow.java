package dev.logshipper.pipeline;

/// Which record goes when the buffer is full.
public enum Overflow {
  /// The one that has waited longest and is not being sent.
  DROP_OLDEST,
  /// The one that has just arrived.
  DROP_NEWEST
}
