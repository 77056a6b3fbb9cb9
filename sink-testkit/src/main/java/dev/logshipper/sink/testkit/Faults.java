package dev.logshipper.sink.testkit;

import java.time.Duration;
import java.util.List;

/// The faults of a send, grouped by the known part of its outcome.
final class Faults {
  static final Fault NONE = new Fault.None();
  static final Fault THROTTLE = new Fault.Throttle(Duration.ZERO);
  static final Fault UNAVAILABLE = new Fault.Unavailable();
  static final Fault REJECT = new Fault.Reject();
  static final Fault HANG = new Fault.Hang();
  static final Fault TRICKLE = new Fault.Trickle();
  static final Fault DISCONNECT = new Fault.Disconnect();
  static final Fault DEAD_CONNECTION = new Fault.DeadConnection();
  static final Fault CLOSED_CONNECTION = new Fault.ClosedConnection();

  private Faults() {}

  /// The destination reported that it stored nothing.
  static List<Fault> errors() {
    return List.of(THROTTLE, new Fault.Throttle(Duration.ofSeconds(7)), UNAVAILABLE, REJECT);
  }

  /// The destination sent no complete response.
  static List<Fault> unknownOutcomes() {
    return List.of(HANG, TRICKLE, DISCONNECT);
  }

  /// Every fault of a whole batch.
  static List<Fault> all() {
    return List.of(
        THROTTLE,
        new Fault.Throttle(Duration.ofSeconds(7)),
        UNAVAILABLE,
        REJECT,
        HANG,
        TRICKLE,
        DISCONNECT,
        DEAD_CONNECTION,
        CLOSED_CONNECTION);
  }
}
