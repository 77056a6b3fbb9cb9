package dev.logshipper.lifecycle;

import dev.logshipper.sink.Deadline;

/// What the platform answers to `/next`.
sealed interface ExtensionEvent {

  /// The function is being invoked.
  ///
  /// @param deadline when the function times out
  /// @param functionArn as it was invoked; empty when not given
  record Invoke(String requestId, Deadline deadline, String functionArn)
      implements ExtensionEvent {}

  /// The environment is ending.
  ///
  /// @param reason in the platform's words
  /// @param deadline when the process is killed
  record Shutdown(String reason, Deadline deadline) implements ExtensionEvent {}
}
