package dev.logshipper.pipeline;

import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One lane's place in the buffer: what waits, what is being sent, and the accounts. Not
/// thread-safe: guarded by the buffer's lock.
final class LaneQueue {
  private static final long NOT_RESTING = Long.MIN_VALUE;

  private final LaneOptions options;
  private final Breaker breaker = new Breaker();
  private final UsualTime sendTime = new UsualTime();
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private List<Entry> inFlight = List.of();
  private long waitingBytes;
  private long restUntilNanos = NOT_RESTING;
  private long flushMark = -1;
  private Cut flushReason = Cut.FLUSH;
  private long agesFromNanos;
  private boolean ageRestarted;
  private boolean putOff;
  private boolean off;
  private int invocationsSinceBatch;
  private long received;
  private long delivered;
  private long requests;
  private long retries;

  LaneQueue(LaneOptions options) {
    this.options = options;
  }

  /// Whether a record is for this lane.
  boolean wants(LogRecord record) {
    return options.unwanted().isEmpty() || !options.unwanted().contains(record.category());
  }

  /// Whether its records leave with each flush, and not by thresholds of its own.
  boolean leavesWithFlushes() {
    return options.batching().leavesWithFlushes();
  }

  Breaker breaker() {
    return breaker;
  }

  /// Of sends that were acknowledged.
  UsualTime sendTime() {
    return sendTime;
  }

  boolean isOff() {
    return off;
  }

  void switchOff() {
    off = true;
  }

  void countReceived() {
    received++;
  }

  void add(Entry entry) {
    waiting.addLast(entry);
    waitingBytes += entry.record.sizeBytes();
  }

  int waitingRecords() {
    return waiting.size();
  }

  long waitingBytes() {
    return waitingBytes;
  }

  /// Sequence of the oldest waiting record; the largest long when none waits.
  long oldestWaitingSequence() {
    Entry oldest = waiting.peekFirst();
    return oldest == null ? Long.MAX_VALUE : oldest.sequence;
  }

  long oldestAgeNanos(long nowNanos) {
    Entry oldest = waiting.peekFirst();
    if (oldest == null) {
      return 0;
    }
    long age = nowNanos - oldest.arrivedNanos;
    return ageRestarted ? Math.min(age, nowNanos - agesFromNanos) : age;
  }

  /// After a thaw: what waits counts as if it had come at an instant, but only once until the next
  /// batch, lest a starved machine, whose every wait ends too late, put it off for ever.
  void restartAgeOnce(long nanos) {
    if (!putOff) {
      putOff = true;
      restartAge(nanos);
    }
  }

  /// Whatever has waited since before an instant counts as if it had come then.
  void restartAge(long nanos) {
    agesFromNanos = nanos;
    ageRestarted = true;
  }

  Entry removeOldestWaiting() {
    Entry oldest = waiting.removeFirst();
    waitingBytes -= oldest.record.sizeBytes();
    return oldest;
  }

  /// Everything up to a sequence is to be sent now.
  void demandFlush(long throughSequence, Cut reason) {
    flushMark = throughSequence;
    flushReason = reason;
  }

  /// An invocation has begun: what has come together by a threshold is to be sent beside it.
  void invocationStarted(long lastSequence, long nowNanos) {
    if (leavesWithFlushes() || waiting.isEmpty()) {
      return;
    }
    invocationsSinceBatch++;
    Batching batching = options.batching();
    if (waitingBytes >= batching.cutBytes()) {
      demandFlush(lastSequence, Cut.BYTES);
    } else if (invocationsSinceBatch >= batching.invocationsMax()) {
      demandFlush(lastSequence, Cut.INVOKES);
    } else if (nowNanos - waiting.getFirst().arrivedNanos >= batching.staleness().toNanos()) {
      demandFlush(lastSequence, Cut.AGE);
    }
  }

  /// Whether all that was demanded has come to an end.
  boolean hasMetDemand() {
    return isSettledThrough(flushMark);
  }

  /// The reason of the flush that was asked for last, or null when it has nothing left to send.
  @Nullable Cut flushDemand() {
    return oldestWaitingSequence() <= flushMark ? flushReason : null;
  }

  /// Whether everything up to a sequence has come to an end.
  boolean isSettledThrough(long sequence) {
    return oldestWaitingSequence() > sequence
        && (inFlight.isEmpty() || inFlight.getFirst().sequence > sequence);
  }

  /// Moves the oldest records in flight, as many as one send takes. Those that no send takes are
  /// moved to `oversized` instead; when all were, nothing is in flight.
  List<LogRecord> takeBatch(BatchLimits limits, long targetBytes, List<Entry> oversized) {
    List<Entry> taken = new ArrayList<>();
    List<LogRecord> records = new ArrayList<>();
    long bytes = 0;
    long bytesMax = Math.min(limits.bytesMax(), Math.max(targetBytes, 1));
    Entry next = waiting.peekFirst();
    while (next != null && taken.size() < limits.recordsMax()) {
      long size = (long) next.record.sizeBytes() + limits.recordOverheadBytes();
      if (size > limits.recordBytesMax()) {
        oversized.add(removeOldestWaiting());
      } else if (taken.isEmpty() || bytes + size <= bytesMax) {
        bytes += size;
        records.add(next.record);
        taken.add(removeOldestWaiting());
      } else {
        break;
      }
      next = waiting.peekFirst();
    }
    inFlight = taken;
    putOff = false;
    invocationsSinceBatch = 0;
    return records;
  }

  /// The lane will not try again before this instant.
  void restUntil(long nanos) {
    restUntilNanos = nanos;
  }

  void endRest() {
    restUntilNanos = NOT_RESTING;
  }

  /// Whether there is a sink, and its destination is not known to be unreachable.
  boolean isReachable() {
    return !off && !breaker.state().isOpen();
  }

  /// Whether waiting for this lane until an instant can help.
  boolean mayManageBy(long nanos) {
    boolean restsLonger = restUntilNanos != NOT_RESTING && restUntilNanos - nanos >= 0;
    return isReachable() && !restsLonger;
  }

  /// Keeps the entries at the given places in flight and gives back the others.
  List<Entry> keepInFlight(List<Integer> indexes) {
    List<Entry> kept = new ArrayList<>(indexes.size());
    List<Entry> others = new ArrayList<>();
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

  void countDelivered(int records) {
    delivered += records;
  }

  void countDropped(DropReason reason, int records) {
    if (records > 0) {
      dropped.merge(reason, (long) records, Long::sum);
    }
  }

  void countRequest(boolean repeated) {
    requests++;
    if (repeated) {
      retries++;
    }
  }

  LaneLedger ledger() {
    long leftBehind = (long) waiting.size() + inFlight.size();
    return new LaneLedger(
        options.name(), received, delivered, dropped, leftBehind, requests, retries);
  }
}
