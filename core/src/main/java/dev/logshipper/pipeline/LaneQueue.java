package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of a lane in the order received: those that wait, and the batches in flight, of
/// which there is one unless some fail. Guarded by the buffer's lock.
final class LaneQueue {
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
  private final List<InFlight> inFlight = new ArrayList<>(1);
  private long waitingBytes;

  void add(Entry entry) {
    waiting.addLast(entry);
    waitingBytes += entry.record.sizeBytes();
  }

  /// The batches that have failed and will be sent again, and those of earlier processes.
  List<Batch> failing() {
    List<Batch> failing = new ArrayList<>();
    for (InFlight batch : inFlight) {
      if (batch.isRetry || batch.isSetAside || batch.isRestored) {
        failing.add(batch.batch);
      }
    }
    return failing;
  }

  /// The waiting records, oldest first.
  List<LogRecord> waiting() {
    List<LogRecord> records = new ArrayList<>(waiting.size());
    for (Entry entry : waiting) {
      records.add(entry.record);
    }
    return records;
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
    long undelivered = waiting.size();
    for (InFlight batch : inFlight) {
      undelivered += batch.size();
    }
    return undelivered;
  }

  /// When the oldest waiting record arrived; there must be one.
  long oldestArrivedNanos() {
    return waiting.getFirst().arrivedNanos;
  }

  /// When the oldest record that waits or is in flight arrived; `none` if there is none.
  long oldestUndeliveredNanos(long none) {
    long oldest = waiting.isEmpty() ? none : oldestArrivedNanos();
    for (InFlight batch : inFlight) {
      long arrived = batch.entries.getFirst().arrivedNanos;
      oldest = arrived - oldest < 0 ? arrived : oldest;
    }
    return oldest;
  }

  /// Sequence number of the oldest waiting record; [Long#MAX_VALUE] when there is none.
  long oldestSequence() {
    Entry oldest = waiting.peekFirst();
    return oldest == null ? Long.MAX_VALUE : oldest.sequence;
  }

  /// Whether no record up to a sequence number waits or is in flight, except in batches that are
  /// set aside.
  boolean isSettledThrough(long sequence) {
    InFlight first = firstInOrder();
    return oldestSequence() > sequence && (first == null || first.firstSequence() > sequence);
  }

  /// Sequence number of the oldest record that may be dropped for room; [Long#MAX_VALUE] for none.
  long oldestDroppable() {
    InFlight untaken = untaken();
    return untaken == null ? oldestSequence() : Math.min(oldestSequence(), untaken.firstSequence());
  }

  /// The first batch that the lane has not chosen yet; null when there is none. Only batches of
  /// other lanes and of earlier processes can be.
  @Nullable InFlight untaken() {
    for (int i = 0; i < inFlight.size(); i++) {
      if (!inFlight.get(i).isTaken) {
        return inFlight.get(i);
      }
    }
    return null;
  }

  Entry removeOldest() {
    Entry oldest = waiting.removeFirst();
    waitingBytes -= oldest.record.sizeBytes();
    return oldest;
  }

  /// Removes the oldest waiting records: as many as one send may carry, up to a target size. Larger
  /// ones than any send may carry are removed and added to `oversized`.
  List<Entry> takeBatch(BatchLimits limits, long targetBytes, List<Entry> oversized) {
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
    return batch;
  }

  /// Whether one send may carry a batch that was cut elsewhere.
  static boolean fits(InFlight batch, BatchLimits limits) {
    long bytes = 0;
    for (Entry entry : batch.entries) {
      long size = (long) entry.record.sizeBytes() + limits.recordOverheadBytes();
      if (size > limits.recordBytesMax()) {
        return false;
      }
      bytes += size;
    }
    return batch.size() <= limits.recordsMax() && (bytes <= limits.bytesMax() || batch.size() == 1);
  }

  /// The batches in flight in the order received. The caller may change the list.
  List<InFlight> inFlight() {
    return inFlight;
  }

  /// The oldest batch in flight that is not set aside; null when there is none.
  @Nullable InFlight firstInOrder() {
    for (int i = 0; i < inFlight.size(); i++) {
      if (!inFlight.get(i).isSetAside) {
        return inFlight.get(i);
      }
    }
    return null;
  }

  /// Replaces a batch in flight by its halves.
  ///
  /// @return the older records, and the newer ones
  List<InFlight> halve(InFlight whole) {
    List<InFlight> halves = whole.halves();
    int index = inFlight.indexOf(whole);
    inFlight.set(index, halves.getFirst());
    inFlight.add(index + 1, halves.getLast());
    return halves;
  }

  /// Keeps the records at the given ascending indexes in flight; with none, the batch is finished.
  ///
  /// @return the others
  List<Entry> keepInFlight(InFlight batch, List<Integer> indexes) {
    if (indexes.isEmpty()) {
      inFlight.remove(batch);
      return batch.entries;
    }
    List<Entry> kept = new ArrayList<>(indexes.size());
    List<Entry> others = new ArrayList<>(batch.size() - indexes.size());
    int next = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (next < indexes.size() && indexes.get(next) == i) {
        kept.add(batch.entries.get(i));
        next++;
      } else {
        others.add(batch.entries.get(i));
      }
    }
    batch.entries = kept;
    return others;
  }
}
