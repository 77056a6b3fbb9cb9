package dev.logshipper.platform;

import dev.logshipper.sink.Deadline;

/// The platform's response to `/next`.
public sealed interface ExtensionEvent {

  /// The function is being invoked.
  ///
  /// @param deadline when the function times out
  /// @param functionArn as it was invoked; empty when not given
  record Invoke(String requestId, Deadline deadline, String functionArn)
      implements ExtensionEvent {}

  /// An event type that did not exist when this was written. Treating it as the end would make it
  /// one: a process that exits unasked fails the environment.
  record Unknown() implements ExtensionEvent {}

  /// The environment is ending.
  ///
  /// @param reason in the platform's words
  /// @param deadline when the process is killed
  record Shutdown(String reason, Deadline deadline) implements ExtensionEvent {}
}
