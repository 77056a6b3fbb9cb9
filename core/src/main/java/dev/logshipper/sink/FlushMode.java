package dev.logshipper.sink;

/// When buffered records are flushed: the values of `PUSHER_FLUSH`.
public enum FlushMode {
  /// Delays the end of an invocation only if the next one is not expected in time.
  AUTO,
  /// After the function has finished, before the environment may freeze.
  END,
  /// During the next invocation.
  NEXT_INVOKE,
  /// When a threshold of bytes, invocations or age is reached.
  BATCH,
  /// In the background, as records reach their maximum age; never delays an invocation.
  BACKGROUND
}
