package dev.logshipper.sink;

import java.io.IOException;

/// A destination for batches of log records. Core batches, retries, backs off and keeps the ledger;
/// a sink encodes a batch and makes one attempt to deliver it.
///
/// | rule | | kept by |
/// | --- | --- | --- |
/// | S1 | [SinkProvider#open] is called once, on the lane's thread, before the first send. It does no I/O and starts no thread. | both |
/// | S3 | A batch is never empty, exceeds no limit, is in the order received, and never changes. | core |
/// | S4 | Sends of one sink never overlap. | core |
/// | S5 | A send makes one attempt, without retries or waits of its own; those of a client library are disabled. One immediate repetition is allowed when a pooled connection turns out to be dead before any byte of a response. | sink |
/// | S6 | [SendResult.Delivered] means that the destination acknowledged every record. After a send the sink retains nothing: no buffer, timer or running thread, because the environment may freeze at that instant. | sink |
/// | S7 | A send returns or throws by its deadline, also against a peer that trickles. An interrupt ends it promptly with [InterruptedException]. | sink |
/// | S8 | A result is exact: [SendResult.Partial] lists ascending, distinct indexes that are retried or rejected, and [SendResult.Progress] counts records from the beginning; all others are as the result defines. | sink |
/// | S9 | [SendResult.Retry] is for a temporary condition (throttled, unavailable, timed out, unknown), with its cause and the wait that the server asked for. [SendResult.Rejected] is for a permanent one (authentication, validation, missing target), of this batch or of any. | sink |
/// | S10 | [IOException] means a retry with unknown outcome. Any other exception is a defect, which core counts as a failed attempt. | both |
/// | S11 | [Batch#id] is the same in all attempts; the remainder of a batch gets a derived one. A sink uses it (as object key, header, token) so that a repetition does not duplicate records. | both |
/// | S12 | Records are borrowed: none is retained after a send. | sink |
/// | S15 | `toString()` names kind and endpoint. It, reasons and exception messages contain no secret and no log content. | sink |
/// | S16 | [#warmUp] is called at most once, before the first send. It stores nothing and requests nothing from the destination. S7, S12 and S15 apply to it, too. | both |
///
/// Core enforces more by itself: it asks for [#limits] once, closes a sink once, and discards
/// whatever a plugin prints; a sink logs through [Diagnostics].
public interface Sink extends AutoCloseable {

  /// The limits of one send. Called once, after opening.
  BatchLimits limits();

  /// Makes one attempt to deliver a batch (rules S3 to S12).
  ///
  /// @param deadline by which the call returns
  /// @throws IOException when the outcome is unknown and another attempt may succeed
  /// @throws InterruptedException when interrupted; the outcome is unknown
  SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException;

  /// Prepares the first send without sending anything (rule S16): loads classes, resolves
  /// credentials and the host name, connects and completes the TLS handshake. Called while the
  /// function starts, when CPU may be plentiful. The default does nothing; a failure is ignored.
  ///
  /// @param batch a sample to encode and discard
  /// @param deadline by which the call returns
  default void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {}

  /// Releases connections and memory. Called once, after the last send, perhaps on another thread.
  /// Quick: there is nothing left to flush.
  @Override
  void close();
}
