package dev.logshipper.lifecycle;

import java.util.Set;

/// The phases of the extension, and the transitions between them.
enum Phase {
  /// Registered; binding and subscribing.
  REGISTERED("registered"),
  /// Has requested the next event; the environment may be frozen.
  WAITING("waiting"),
  /// Has received an event: the function is running, or its records are being flushed.
  INVOKED("invoked"),
  /// Shutting down; sending the remaining records.
  DRAINING("shutdown"),
  /// Done.
  STOPPED("shutdown");

  private final String word;

  Phase(String word) {
    this.word = word;
  }

  /// The launcher's name of the phase.
  String word() {
    return word;
  }

  /// The phases that may follow.
  Set<Phase> successors() {
    return switch (this) {
      case REGISTERED -> Set.of(WAITING, STOPPED);
      case WAITING -> Set.of(INVOKED);
      case INVOKED -> Set.of(WAITING, DRAINING);
      case DRAINING -> Set.of(STOPPED);
      case STOPPED -> Set.of();
    };
  }
}
