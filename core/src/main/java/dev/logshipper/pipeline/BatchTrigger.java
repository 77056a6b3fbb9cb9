package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.sink.BatchLimits;

/// Decides when the waiting records of a lane become a batch; nothing else does. They do when
/// - their bytes or their number reach a limit,
/// - the oldest of them reaches its maximum age, not counting time before an expected flush,
/// - a flush was requested that includes the oldest of them,
/// - an invocation starts and a threshold of the lane is reached, or
/// - the buffer is half full or the environment shuts down.
///
/// Guarded by the buffer's lock.
final class BatchTrigger {
  /// Time after a thaw for the lifecycle to announce a flush.
  private static final long THAW_GRACE_NANOS = 100_000_000;

  private static final long NONE = -1;

  private final Batching batching;
  private final LaneQueue queue;
  private final long stalenessNanos;
  private long requestedThrough = NONE;
  private int invocationsSinceBatch;
  private long agesFromNanos;
  private boolean agesRestarted;
  private boolean thawedSinceBatch;

  /// @param queue of the lane
  BatchTrigger(Batching batching, LaneQueue queue) {
    this.batching = batching;
    this.queue = queue;
    this.stalenessNanos = batching.staleness().toNanos();
  }

  /// Whether a batch is due.
  ///
  /// @param limits of the sink
  /// @param urgent whether the buffer is half full or the environment shuts down
  boolean isDue(BatchLimits limits, boolean urgent, long nowNanos) {
    if (queue.isEmpty()) {
      return false;
    }
    return urgent
        || queue.bytes() >= Math.min(batching.triggerBytes(), limits.bytesMax())
        || queue.size() >= limits.recordsMax()
        || queue.oldestSequence() <= requestedThrough
        || ageNanos(nowNanos) >= stalenessNanos;
  }

  /// Time until a batch is due by age; [Long#MAX_VALUE] when no record waits.
  long nanosUntilStale(long nowNanos) {
    return queue.isEmpty() ? Long.MAX_VALUE : stalenessNanos - ageNanos(nowNanos);
  }

  private long ageNanos(long nowNanos) {
    long age = nowNanos - queue.oldestArrivedNanos();
    return agesRestarted ? Math.min(age, nowNanos - agesFromNanos) : age;
  }

  /// A batch was taken, of this target size.
  int startBatch() {
    thawedSinceBatch = false;
    invocationsSinceBatch = 0;
    return batching.batchBytes();
  }

  /// Requests that all records up to a sequence number are sent at once.
  void request(long throughSequence) {
    requestedThrough = Math.max(requestedThrough, throughSequence);
  }

  /// Whether all requested records are delivered or dropped.
  boolean isRequestComplete() {
    return queue.isSettledThrough(requestedThrough);
  }

  /// An invocation has started: requests a batch concurrent with it if a threshold is reached.
  void invocationStarted(long lastSequence, long nowNanos) {
    if (batching.followsFlushes() || queue.isEmpty()) {
      return;
    }
    invocationsSinceBatch++;
    if (queue.bytes() >= batching.triggerBytes()
        || invocationsSinceBatch >= batching.invocationsMax()
        || nowNanos - queue.oldestArrivedNanos() >= stalenessNanos) {
      request(lastSequence);
    }
  }

  /// Counts records that arrived before an instant as if they had arrived then: they should wait
  /// for the flush that is expected.
  void restartAges(long nanos) {
    agesFromNanos = nanos;
    agesRestarted = true;
  }

  /// The environment thawed, so an invocation is about to start, and perhaps a flush with it, which
  /// should still find the waiting records. Only once per batch, so that a starved machine, where
  /// every wait ends too late, does not postpone the batch forever.
  void thawed(long nowNanos) {
    if (!thawedSinceBatch) {
      thawedSinceBatch = true;
      restartAges(nowNanos - stalenessNanos + THAW_GRACE_NANOS);
    }
  }
}
