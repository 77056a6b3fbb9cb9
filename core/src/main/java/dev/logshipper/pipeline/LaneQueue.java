package dev.logshipper.pipeline;

import dev.logshipper.sink.BatchLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The records of a lane in the order received: those that wait, and the batch in flight. Guarded
/// by the buffer's lock.
final class LaneQueue {
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
  private List<Entry> inFlight = List.of();
  private long waitingBytes;

  void add(Entry entry) {
    waiting.addLast(entry);
    waitingBytes += entry.record.sizeBytes();
  }

  /// Number of waiting records.
  int size() {
    return waiting.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Content bytes of the waiting records.
  long bytes() {
    return waitingBytes;
  }

  /// Number of records that wait or are in flight.
  long undelivered() {
    return (long) waiting.size() + inFlight.size();
  }

  /// When the oldest waiting record arrived; there must be one.
  long oldestArrivedNanos() {
    return waiting.getFirst().arrivedNanos;
  }

  /// Sequence number of the oldest waiting record; [Long#MAX_VALUE] when there is none.
  long oldestSequence() {
    Entry oldest = waiting.peekFirst();
    return oldest == null ? Long.MAX_VALUE : oldest.sequence;
  }

  /// Whether no record up to a sequence number waits or is in flight.
  boolean isSettledThrough(long sequence) {
    return oldestSequence() > sequence
        && (inFlight.isEmpty() || inFlight.getFirst().sequence > sequence);
  }

  Entry removeOldest() {
    Entry oldest = waiting.removeFirst();
    waitingBytes -= oldest.record.sizeBytes();
    return oldest;
  }

  /// Moves the oldest waiting records in flight: as many as one send may carry, up to a target
  /// size. Larger ones than any send may carry are removed and added to `oversized`.
  void startBatch(BatchLimits limits, long targetBytes, List<Entry> oversized) {
    List<Entry> batch = new ArrayList<>();
    long bytes = 0;
    long bytesMax = Math.min(limits.bytesMax(), Math.max(targetBytes, 1));
    Entry next = waiting.peekFirst();
    while (next != null && batch.size() < limits.recordsMax()) {
      long size = (long) next.record.sizeBytes() + limits.recordOverheadBytes();
      if (size > limits.recordBytesMax()) {
        oversized.add(removeOldest());
      } else if (batch.isEmpty() || bytes + size <= bytesMax) {
        bytes += size;
        batch.add(removeOldest());
      } else {
        break;
      }
      next = waiting.peekFirst();
    }
    inFlight = batch;
  }

  /// The batch in flight.
  List<Entry> inFlight() {
    return inFlight;
  }

  /// Keeps the records at the given ascending indexes in flight.
  ///
  /// @return the others
  List<Entry> keepInFlight(List<Integer> indexes) {
    List<Entry> kept = new ArrayList<>(indexes.size());
    List<Entry> others = new ArrayList<>(inFlight.size() - indexes.size());
    int next = 0;
    for (int i = 0; i < inFlight.size(); i++) {
      if (next < indexes.size() && indexes.get(next) == i) {
        kept.add(inFlight.get(i));
        next++;
      } else {
        others.add(inFlight.get(i));
      }
    }
    inFlight = kept;
    return others;
  }
}
