package dev.logshipper.pipeline;

/// Why a batch ends where it ends.
enum Cut {
  /// It reached the size the destination takes or the one aimed at.
  BYTES,
  /// It holds as many records as the destination takes.
  RECORDS,
  /// Its oldest record has waited as long as records may.
  AGE,
  /// As many invocations have passed as may between two batches.
  INVOKES,
  /// A flush was asked for.
  FLUSH,
  /// The environment is shutting down.
  SHUTDOWN
}
