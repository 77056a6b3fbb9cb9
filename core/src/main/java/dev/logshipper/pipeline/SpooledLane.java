package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;

/// A lane with a spool: sends the records of earlier processes first, and keeps its own as soon as
/// they have failed.
final class SpooledLane {
  /// A restored record is older than any other.
  private static final long LAST_RESTORED_SEQUENCE = -1;

  private final Lane lane;
  private final Spool.OfLane spool;
  private final RecordBuffer buffer;
  private boolean hasRestored;
  private boolean hasFailing;

  SpooledLane(Lane lane, Spool.OfLane spool, RecordBuffer buffer) {
    this.lane = lane;
    this.spool = spool;
    this.buffer = buffer;
  }

  /// Puts the records of earlier processes in front of all others. Called by the lane's thread.
  void restore() {
    long room = buffer.read(buffer::halfOfRoomBytes);
    List<LogRecord> records = spool.restore(room);
    hasRestored = !records.isEmpty();
    if (hasRestored) {
      buffer.change(() -> buffer.restore(records, lane, LAST_RESTORED_SEQUENCE));
    }
  }

  /// Brings the spool up to date after an attempt. Called by the lane's thread.
  void attempted() {
    List<Batch> failing = buffer.read(lane.queue::failing);
    if (hasFailing || !failing.isEmpty()) {
      spool.failing(failing);
      hasFailing = !failing.isEmpty();
    }
    if (hasRestored && buffer.read(() -> lane.queue.isSettledThrough(LAST_RESTORED_SEQUENCE))) {
      hasRestored = false;
      spool.restoredAreSettled();
      restore();
    }
  }

  /// Keeps what the lane could not deliver. Called when it sends nothing more.
  void close() {
    List<LogRecord> undelivered = new ArrayList<>();
    List<LogRecord> unredacted = new ArrayList<>();
    buffer.change(() -> lane.queue.collect(undelivered, unredacted));
    LaneControl.Redaction redaction = lane.config.control().redaction();
    for (LogRecord record : unredacted) {
      LogRecord redacted = redaction == null ? record : redaction.redact(record);
      if (redacted != null) {
        undelivered.add(redacted);
      }
    }
    spool.left(undelivered);
  }
}
