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

  /// Something that did not exist when this was written. Taken for the end, it would become one: a
  /// process that exits without being told fails the environment.
  record Unknown() implements ExtensionEvent {}

  /// The environment is ending.
  ///
  /// @param reason in the platform's words
  /// @param deadline when the process is killed
  record Shutdown(String reason, Deadline deadline) implements ExtensionEvent {}
}
