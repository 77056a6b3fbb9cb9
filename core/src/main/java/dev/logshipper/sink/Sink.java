package dev.logshipper.sink;

import java.io.IOException;

/// One destination for batches of log records. Core owns batching, retries, waiting and accounting;
/// a sink encodes a batch and makes one attempt to hand it over.
///
/// | rule | | kept by |
/// | --- | --- | --- |
/// | S1 | [SinkProvider#open] is called once, on the lane's thread, before the first send. It does no I/O, starts no thread. | both |
/// | S2 | [#limits] is constant and cheap. | sink |
/// | S3 | A batch is never empty, exceeds no limit, is in the order received, and never changes. | core |
/// | S4 | Sends of one sink never overlap. | core |
/// | S5 | A send makes one attempt. No retries or waits of its own; those of a client library are switched off. One immediate repetition is allowed when a pooled connection turns out dead before anything was answered. | sink |
/// | S6 | [SendResult.Delivered] means that the destination acknowledged. The sink keeps nothing once it returns: no buffer, timer or running thread, because the environment may be frozen at that instant. | sink |
/// | S7 | A send returns or throws by its deadline, also against a peer that trickles; an interrupt ends it promptly with [InterruptedException]. | sink |
/// | S8 | [SendResult.Partial] lists ascending, distinct places, at least one and not all; everything else is delivered. | sink |
/// | S9 | [SendResult.Retry] is for what may pass (throttled, unavailable, timed out, unknown) and carries the server's wait if it gave one. [SendResult.Rejected] is for what will not (authentication, validation, missing target). | sink |
/// | S10 | [IOException] means the same as a retry with unknown outcome. Any other exception is a defect; core counts it as an attempt and lives on. | both |
/// | S11 | [Batch#id] stays the same over all attempts; what remains after a partial success gets a derived one. A sink uses it (as object key, header, token) so that a repetition does not duplicate. | both |
/// | S12 | Records are borrowed: none is kept after return. | sink |
/// | S13 | [#close] is called once, after the last send returned, perhaps on another thread. It is idempotent, quick and silent: there is nothing left to flush. | both |
/// | S14 | Nothing is printed but through [Diagnostics]; what an extension prints may come back as input. | sink |
/// | S15 | `toString()` names kind and endpoint. It, reasons and exception messages hold no secret and no log text. | sink |
/// | S16 | [#warmUp] is called once at most, before the first send. It stores nothing and asks the destination for nothing. S7, S12, S14 and S15 hold for it, too. | both |
public interface Sink extends AutoCloseable {

  /// What one send may carry (rule S2).
  BatchLimits limits();

  /// Makes one attempt to deliver a batch (rules S3 to S12).
  ///
  /// @param deadline by which it has returned
  /// @throws IOException when the outcome is unknown and another attempt may succeed
  /// @throws InterruptedException when interrupted; the outcome is unknown
  SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException;

  /// Does all of a send but the sending (rule S16), as far as it takes time at first: load and run
  /// the code, find the credentials, look up the host, shake hands. Called while the function
  /// starts, when the CPU may be plentiful. The default does nothing; failing is no failure.
  ///
  /// @param batch that nobody has logged, to encode and forget
  /// @param deadline by which it has returned
  default void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {}

  /// Gives up connections and memory (rule S13).
  @Override
  void close();
}
