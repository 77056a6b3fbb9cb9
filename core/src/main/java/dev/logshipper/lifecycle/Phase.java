package dev.logshipper.lifecycle;

import java.util.Set;

/// Where the extension is in its life, and where it may go from there.
enum Phase {
  /// Registered; binding and subscribing.
  REGISTERED,
  /// Has asked for the next event; the environment may be frozen.
  WAITING,
  /// An event has come: the function is running, or its records are being flushed.
  INVOKED,
  /// Told to shut down; sending what is left.
  DRAINING,
  /// Done.
  STOPPED;

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
