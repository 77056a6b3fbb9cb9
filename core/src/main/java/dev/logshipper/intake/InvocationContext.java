package dev.logshipper.intake;

import org.jspecify.annotations.Nullable;

/// The invocation that is running, as far as the events read so far show. Function lines in text
/// format do not name it. Not thread-safe.
final class InvocationContext {
  private @Nullable String current;

  /// An invocation has begun.
  ///
  /// @param requestId null when the event does not name it
  void started(@Nullable String requestId) {
    current = requestId;
  }

  /// The invocation's request id; null when unknown.
  @Nullable String current() {
    return current;
  }

  /// The request id of a function's line.
  ///
  /// @param own the id that the line itself contains, if any
  /// @return the same object for all lines of an invocation
  @Nullable String requestIdOf(@Nullable String own) {
    return own == null || own.equals(current) ? current : own;
  }
}
