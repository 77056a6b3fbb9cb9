package dev.logshipper.pipeline;

import dev.logshipper.sink.Deadline;
import org.jspecify.annotations.Nullable;

/// The attempt that a lane is making, if any: how long it has lasted, and whether it was abandoned.
/// Guarded by the buffer's lock.
final class CurrentAttempt {
  private final SmoothedLatency latency;
  private @Nullable InFlight batch;
  private @Nullable Deadline deadline;
  private long sinceNanos;
  private boolean isAbandoned;

  /// @param latency of the lane
  CurrentAttempt(SmoothedLatency latency) {
    this.latency = latency;
  }

  /// @param sendBy counts the time that the environment is frozen meanwhile
  void begin(InFlight sent, long nowNanos, Deadline sendBy) {
    batch = sent;
    sinceNanos = nowNanos;
    deadline = sendBy;
  }

  /// Returns whether it was abandoned.
  boolean end() {
    boolean abandoned = isAbandoned;
    isAbandoned = false;
    batch = null;
    return abandoned;
  }

  /// Marks it as abandoned if it has lasted too long; once per batch.
  ///
  /// @return whether to interrupt it
  boolean abandonIfHung(long nowNanos) {
    InFlight sent = batch;
    if (sent == null
        || sent.wasAbandoned
        || !HungAttempt.isHung(ranNanos(nowNanos), latency.nanos())) {
      return false;
    }
    sent.wasAbandoned = true;
    isAbandoned = true;
    return true;
  }

  /// Marks it as abandoned. The caller interrupts it.
  void abandon() {
    isAbandoned = true;
  }

  /// Time until it is abandoned, if it was in progress when the shutdown started.
  long nanosUntilAbandoned(long closingSinceNanos, long leftNanos, long nowNanos) {
    return batch == null || isAbandoned || sinceNanos - closingSinceNanos >= 0
        ? HungAttempt.never()
        : HungAttempt.nanosUntilAbandoned(
            nowNanos - sinceNanos, latency.nanos(), nowNanos - closingSinceNanos, leftNanos);
  }

  /// Its duration, without the time spent frozen.
  private long ranNanos(long nowNanos) {
    Deadline sendBy = deadline;
    return nowNanos - sinceNanos - (sendBy == null ? 0 : sendBy.frozenNanos());
  }
}
