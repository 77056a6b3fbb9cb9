package dev.logshipper.sink;

import java.time.Duration;
import java.util.List;

/// The outcome of one attempt to send a batch. Reasons are for people and contain no secret and no
/// log content.
public sealed interface SendResult {

  /// The destination acknowledged every record.
  SendResult DELIVERED = new Delivered();

  /// The destination acknowledged every record.
  record Delivered() implements SendResult {}

  /// The destination acknowledged the first records of the batch; the others did not fit into the
  /// request and are sent next, at once: this is neither a failure nor a retry.
  ///
  /// @param delivered number of records acknowledged, less than all; 0 when the sink has learned
  ///   that the destination accepts less and its next attempt will send fewer records
  record Progress(int delivered) implements SendResult {}

  /// The destination accepted some records and declined others; those in neither list are
  /// delivered. Both lists hold ascending, distinct indexes into the batch; they have none in
  /// common and are not both empty. When nothing is delivered and all indexes are in one list, the
  /// result is [Retry] or [Rejected].
  ///
  /// @param retry indexes of records that another attempt may deliver; core backs off first
  /// @param rejected indexes of records that the destination will never accept; core drops them
  record Partial(List<Integer> retry, List<Integer> rejected, String reason) implements SendResult {
    public Partial {
      retry = List.copyOf(retry);
      rejected = List.copyOf(rejected);
    }
  }

  /// No record is known to be delivered, and another attempt may succeed: throttled, unavailable,
  /// timed out, outcome unknown.
  ///
  /// @param after the wait that the destination asked for; zero when it asked for none
  record Retry(Duration after, String reason) implements SendResult {
    public Retry {
      after = after.isNegative() ? Duration.ZERO : after;
    }
  }

  /// The destination rejected the batch and would reject it again: authentication, validation, no
  /// such target. Its records are dropped.
  record Rejected(String reason) implements SendResult {}

  /// A retry for which the destination asked no wait.
  static SendResult retry(String reason) {
    return new Retry(Duration.ZERO, reason);
  }
}
