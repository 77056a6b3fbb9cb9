package dev.logshipper.sink.testkit;

import java.time.Duration;
import java.util.List;

/// What may go wrong with a send, by what is known afterwards.
final class Faults {
  static final Fault OK = new Fault.Ok();
  static final Fault THROTTLE = new Fault.Throttle(Duration.ZERO);
  static final Fault UNAVAILABLE = new Fault.Unavailable();
  static final Fault REJECT = new Fault.Reject();
  static final Fault HANG = new Fault.Hang();
  static final Fault TRICKLE = new Fault.Trickle();
  static final Fault DISCONNECT = new Fault.Disconnect();
  static final Fault DEAD_CONNECTION = new Fault.DeadConnection();
  static final Fault CLOSED_CONNECTION = new Fault.ClosedConnection();

  private Faults() {}

  /// The destination said that it did not keep the batch.
  static List<Fault> refusals() {
    return List.of(THROTTLE, new Fault.Throttle(Duration.ofSeconds(7)), UNAVAILABLE, REJECT);
  }

  /// Nobody said anything.
  static List<Fault> unknownOutcomes() {
    return List.of(HANG, TRICKLE, DISCONNECT);
  }

  /// Everything.
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
