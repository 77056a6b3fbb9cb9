package dev.logshipper.sink;

import java.time.Duration;
import java.util.List;

/// How one attempt to send a batch ended. Reasons are for people and hold no secret and no log
/// text.
public sealed interface SendResult {

  /// The destination acknowledged every record.
  SendResult DELIVERED = new Delivered();

  /// The destination acknowledged every record.
  record Delivered() implements SendResult {}

  /// Some records were acknowledged; those at `failed` were not and are worth another attempt.
  ///
  /// @param failed places in the batch, ascending, at least one and not all
  record Partial(List<Integer> failed, String reason) implements SendResult {
    public Partial {
      failed = List.copyOf(failed);
    }
  }

  /// Nothing is known to have arrived, and another attempt may succeed: throttled, unavailable,
  /// timed out, outcome unknown.
  ///
  /// @param after how long the destination asked to wait; zero when it did not say
  record Retry(Duration after, String reason) implements SendResult {
    public Retry {
      after = after.isNegative() ? Duration.ZERO : after;
    }
  }

  /// The destination refuses these bytes and would refuse them again: authentication, validation,
  /// no such target.
  record Rejected(String reason) implements SendResult {}

  /// A retry for which the destination named no wait.
  static SendResult retry(String reason) {
    return new Retry(Duration.ZERO, reason);
  }
}
