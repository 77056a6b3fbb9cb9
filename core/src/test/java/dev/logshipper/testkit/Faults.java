package dev.logshipper.testkit;

import java.time.Duration;
import java.util.List;

/// What may go wrong with a send, by what is known afterwards.
final class Faults {
  static final Answer OK = new Answer.Ok();
  static final Answer THROTTLE = new Answer.Throttle(Duration.ZERO);
  static final Answer UNAVAILABLE = new Answer.Unavailable();
  static final Answer REJECT = new Answer.Reject();
  static final Answer HANG = new Answer.Hang();
  static final Answer TRICKLE = new Answer.Trickle();
  static final Answer DISCONNECT = new Answer.Disconnect();
  static final Answer DEAD_CONNECTION = new Answer.DeadConnection();
  static final Answer CLOSED_CONNECTION = new Answer.ClosedConnection();

  private Faults() {}

  /// The destination said that it did not keep the batch.
  static List<Answer> refusals() {
    return List.of(THROTTLE, new Answer.Throttle(Duration.ofSeconds(7)), UNAVAILABLE, REJECT);
  }

  /// Nobody said anything.
  static List<Answer> unknownOutcomes() {
    return List.of(HANG, TRICKLE, DISCONNECT);
  }

  /// Everything.
  static List<Answer> all() {
    return List.of(
        THROTTLE,
        new Answer.Throttle(Duration.ofSeconds(7)),
        UNAVAILABLE,
        REJECT,
        HANG,
        TRICKLE,
        DISCONNECT,
        DEAD_CONNECTION,
        CLOSED_CONNECTION);
  }
}
