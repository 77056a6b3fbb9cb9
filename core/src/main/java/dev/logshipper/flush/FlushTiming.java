package dev.logshipper.flush;

/// When the lanes are flushed for one invocation.
public enum FlushTiming {
  /// Now, while the function runs.
  START,
  /// Now, but only the backlog of earlier invocations; the invocation is held for it briefly.
  BACKLOG_FIRST,
  /// The backlog of earlier invocations, without holding the invocation.
  CONCURRENT,
  /// When the function has finished.
  END,
  /// Not for this invocation.
  NONE
}
