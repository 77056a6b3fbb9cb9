package dev.logshipper.pipeline;

import dev.logshipper.sink.BatchLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The costs of a lane's deliveries, for records about it. Exists only if there are any. Guarded by
/// the buffer's lock.
final class LaneCosts {
  private final HealthFeed feed;
  private long sentBytes;
  private long sendNanos;
  private long deliveredAgeNanos;

  /// When the next record is due.
  long dueNanos;

  /// The state in the latest record; null before the first.
  @Nullable PipelineHealth reported;

  LaneCosts(HealthFeed feed, long dueNanos) {
    this.feed = feed;
    this.dueNanos = dueNanos;
  }

  void reported(PipelineHealth state, long nextNanos) {
    reported = state;
    dueNanos = nextNanos;
  }

  /// A batch leaves the waiting records.
  void starting(Lane lane, List<Entry> batch, BatchLimits limits) {
    feed.join(lane, this, batch, limits);
  }

  /// An attempt begins.
  void requested(InFlight batch) {
    sentBytes += batch.batch.contentBytes();
  }

  /// An attempt has ended.
  void attempted(long nanos) {
    sendNanos += nanos;
  }

  /// The destination accepted records.
  void delivered(List<Entry> entries) {
    if (!entries.isEmpty()) {
      deliveredAgeNanos = feed.now() - entries.getFirst().arrivedNanos;
    }
  }

  LaneHealth health(LaneLedger ledger, Lane lane, long nowNanos) {
    long arrived = lane.queue.oldestUndeliveredNanos(nowNanos);
    return new LaneHealth(
        ledger, sentBytes, sendNanos, Math.max(deliveredAgeNanos, nowNanos - arrived));
  }
}
