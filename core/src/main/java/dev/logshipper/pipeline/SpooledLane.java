package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A lane with a spool: sends the batches of earlier processes first, and keeps its own as soon as
/// they have failed.
final class SpooledLane {
  /// A restored record is older than any other.
  private static final long LAST_RESTORED_SEQUENCE = -1;

  /// Waiting records become batches of this size, which fit into the memory of the next process.
  private static final int BATCH_BYTES = 512 << 10;

  private final Lane lane;
  private final Spool.OfLane spool;
  private final RecordBuffer buffer;
  private final Supplier<String> batchIds;
  private boolean hasRestored;
  private boolean hasFailing;

  SpooledLane(Lane lane, Spool.OfLane spool, RecordBuffer buffer, Supplier<String> batchIds) {
    this.lane = lane;
    this.spool = spool;
    this.buffer = buffer;
    this.batchIds = batchIds;
  }

  /// Puts the batches of earlier processes in front of all others. Called by the lane's thread.
  void restore() {
    long room = buffer.read(buffer::halfOfRoomBytes);
    List<Batch> batches = spool.restore(room);
    hasRestored = !batches.isEmpty();
    if (hasRestored) {
      buffer.change(() -> buffer.restore(batches, lane, LAST_RESTORED_SEQUENCE));
    }
  }

  /// Brings the spool up to date after an attempt. Called by the lane's thread.
  void attempted() {
    List<Batch> failing = buffer.read(lane.queue::failing);
    if (hasRestored || hasFailing || !failing.isEmpty()) {
      spool.keep(failing);
      hasFailing = !failing.isEmpty();
    }
    if (hasRestored && buffer.read(() -> lane.queue.isSettledThrough(LAST_RESTORED_SEQUENCE))) {
      restore();
    }
  }

  /// Keeps what the lane could not deliver. Called when it sends nothing more.
  void close() {
    List<InFlight> inFlight = new ArrayList<>();
    List<LogRecord> waiting = new ArrayList<>();
    buffer.change(() -> {
      inFlight.addAll(lane.queue.inFlight());
      waiting.addAll(lane.queue.waiting());
    });
    List<Batch> undelivered = new ArrayList<>();
    for (InFlight batch : inFlight) {
      Batch sent = buffer.read(() -> batch.batch);
      List<LogRecord> records = batch.isRedacted ? sent.records() : redacted(sent.records());
      if (!records.isEmpty()) {
        undelivered.add(new Batch(sent.id(), records));
      }
    }
    addInBatches(redacted(waiting), undelivered);
    spool.left(undelivered);
  }

  private List<LogRecord> redacted(List<LogRecord> records) {
    LaneControl.Redaction redaction = lane.config.control().redaction();
    if (redaction == null) {
      return records;
    }
    List<LogRecord> redacted = new ArrayList<>(records.size());
    for (LogRecord record : records) {
      @Nullable LogRecord other = redaction.redact(record);
      if (other != null) {
        redacted.add(other);
      }
    }
    return redacted;
  }

  private void addInBatches(List<LogRecord> records, List<Batch> batches) {
    int from = 0;
    long bytes = 0;
    for (int to = 1; to <= records.size(); to++) {
      bytes += records.get(to - 1).sizeBytes();
      if (bytes >= BATCH_BYTES || to == records.size()) {
        batches.add(new Batch(batchIds.get(), records.subList(from, to)));
        from = to;
        bytes = 0;
      }
    }
  }
}
