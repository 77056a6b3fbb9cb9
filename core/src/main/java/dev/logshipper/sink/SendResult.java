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

  /// No record is known to be delivered, and another attempt may succeed. Core backs off first.
  ///
  /// @param cause decides how long core goes on with this batch while it delivers others
  /// @param after the wait that the destination asked for; zero when it asked for none
  record Retry(Cause cause, Duration after, String reason) implements SendResult {
    public Retry {
      after = after.isNegative() ? Duration.ZERO : after;
    }
  }

  /// The known part of a failure that may pass.
  enum Cause {
    /// No response: unreachable, timed out, outcome unknown.
    NO_RESPONSE,

    /// Nothing was sent, for a reason on this side, such as credentials that are not available.
    NOT_SENT,

    /// The destination throttles, or is unavailable, whatever the batch.
    BUSY,

    /// The destination failed with this batch. If it fails again and again while it accepts others,
    /// core searches for the record that is the reason, and drops it.
    ERROR
  }

  /// The destination rejected the batch and would reject it again.
  ///
  /// @param scope decides whether core drops its records at once
  record Rejected(Scope scope, String reason) implements SendResult {}

  /// The reach of a rejection.
  enum Scope {
    /// This batch: too large, malformed. Core halves it to find the records that are the reason,
    /// and drops only those.
    BATCH,

    /// Each record of this batch. They are dropped.
    RECORDS,

    /// Any batch: authentication, permission, no such target. Its records are dropped, unless the
    /// destination accepted others before: then core gives it some time to recover.
    ENDPOINT
  }

  /// A retry without a response.
  static SendResult retry(String reason) {
    return new Retry(Cause.NO_RESPONSE, Duration.ZERO, reason);
  }

  /// A retry because nothing could be sent.
  static SendResult notSent(String reason) {
    return new Retry(Cause.NOT_SENT, Duration.ZERO, reason);
  }

  /// A retry because the destination is busy.
  ///
  /// @param after the wait that the destination asked for; zero when it asked for none
  static SendResult busy(Duration after, String reason) {
    return new Retry(Cause.BUSY, after, reason);
  }

  /// A retry because the destination failed with the batch.
  static SendResult error(String reason) {
    return new Retry(Cause.ERROR, Duration.ZERO, reason);
  }

  /// A rejection of this batch.
  static SendResult rejected(String reason) {
    return new Rejected(Scope.BATCH, reason);
  }

  /// A rejection of any batch.
  static SendResult rejectedByEndpoint(String reason) {
    return new Rejected(Scope.ENDPOINT, reason);
  }
}
