package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The records that are not yet at an end, bounded in bytes, and their accounts. Lanes share
/// records; one leaves when the last lane is done with it.
///
/// Not thread-safe and never blocks: [RecordBuffer] guards it.
final class RecordStore {
  private final long bytesMax;
  private final Overflow overflow;
  private final Supplier<String> batchIds;
  private final List<LaneQueue> lanes;
  private final List<LaneQueue> flushedLanes = new ArrayList<>();
  private final List<LaneQueue> lanesWithThresholds = new ArrayList<>();
  private long bytes;
  private long acceptedBytes;
  private long nextSequence;

  RecordStore(long bytesMax, Overflow overflow, Supplier<String> batchIds, List<LaneQueue> lanes) {
    this.bytesMax = bytesMax;
    this.overflow = overflow;
    this.batchIds = batchIds;
    this.lanes = List.copyOf(lanes);
    for (LaneQueue lane : lanes) {
      (lane.leavesWithFlushes() ? flushedLanes : lanesWithThresholds).add(lane);
    }
  }

  List<LaneQueue> lanes() {
    return lanes;
  }

  /// Those whose records leave with each flush.
  List<LaneQueue> flushedLanes() {
    return flushedLanes;
  }

  /// Those whose records leave when enough has come together.
  List<LaneQueue> lanesWithThresholds() {
    return lanesWithThresholds;
  }

  long bytes() {
    return bytes;
  }

  /// Whether so much is held that no lane should wait for more to come together.
  boolean isHalfFull() {
    return bytes * 2 >= bytesMax;
  }

  /// Whether a delivery fits in well below the bound. Its records cost about twice its bytes at the
  /// most, and other lanes and late comers need some room, too. An empty buffer takes anything, or
  /// a large delivery would never be taken.
  boolean hasRoomFor(long deliveryBytes) {
    return bytes == 0 || bytes <= Math.min(bytesMax / 4 * 3, bytesMax - 2 * deliveryBytes);
  }

  /// Sequence of the youngest record so far; -1 before the first.
  long lastSequence() {
    return nextSequence - 1;
  }

  /// Asks every lane to send all it holds now.
  void demandFlush(Cut reason) {
    for (LaneQueue lane : lanes) {
      lane.demandFlush(lastSequence(), reason);
    }
  }

  /// Bytes of all records that came so far.
  long acceptedBytes() {
    return acceptedBytes;
  }

  void append(LogRecord record, long nowNanos) {
    acceptedBytes += record.sizeBytes();
    int wanting = 0;
    for (LaneQueue lane : lanes) {
      if (!lane.wants(record)) {
        continue;
      }
      lane.countReceived();
      if (lane.isOff()) {
        lane.countDropped(DropReason.SINK_OFF, 1);
      } else {
        wanting++;
      }
    }
    if (wanting == 0) {
      return;
    }
    Entry entry = new Entry(record, nextSequence++, nowNanos, wanting);
    boolean fits = makeRoomFor(entry.costBytes());
    for (LaneQueue lane : lanes) {
      if (lane.isOff() || !lane.wants(record)) {
        continue;
      }
      if (fits) {
        lane.add(entry);
      } else {
        lane.countDropped(DropReason.OVERFLOW, 1);
      }
    }
    if (fits) {
      bytes += entry.costBytes();
    }
  }

  /// Whether there is room, after giving up what the policy lets go.
  private boolean makeRoomFor(long costBytes) {
    while (bytes + costBytes > bytesMax) {
      LaneQueue behind = furthestBehind();
      boolean mayDrop = overflow == Overflow.DROP_OLDEST && costBytes <= bytesMax;
      if (!mayDrop || behind.waitingRecords() == 0) {
        return false;
      }
      drop(behind, DropReason.OVERFLOW, List.of(behind.removeOldestWaiting()));
    }
    return true;
  }

  private LaneQueue furthestBehind() {
    LaneQueue furthest = lanes.getFirst();
    for (LaneQueue lane : lanes) {
      if (lane.oldestWaitingSequence() < furthest.oldestWaitingSequence()) {
        furthest = lane;
      }
    }
    return furthest;
  }

  /// Moves the oldest waiting records in flight, as many as one send takes.
  ///
  /// @return null when all that waited was larger than the destination takes, and was dropped
  @Nullable Batch cut(LaneQueue lane, BatchLimits limits, long targetBytes, Cut cut) {
    List<Entry> oversized = new ArrayList<>();
    List<LogRecord> records = lane.takeBatch(limits, targetBytes, oversized);
    drop(lane, DropReason.OVERSIZED, oversized);
    return records.isEmpty() ? null : new Batch(batchIds.get(), records);
  }

  /// The destination responded: some records of the batch in flight are to be sent again, some are
  /// rejected, and all others are delivered.
  void responded(LaneQueue lane, List<Integer> retry, List<Integer> rejected) {
    List<Entry> ended = lane.keepInFlight(retry);
    lane.countDelivered(ended.size() - rejected.size());
    lane.countDropped(DropReason.REJECTED, rejected.size());
    lane.breaker().succeeded();
    release(ended);
  }

  /// The batch in flight was refused for good. The destination answers, so it is no reason to rest.
  void rejected(LaneQueue lane) {
    List<Entry> refused = lane.keepInFlight(List.of());
    lane.breaker().succeeded();
    drop(lane, DropReason.REJECTED, refused);
  }

  /// What waits for a lane, and all that follows, is dropped and counted.
  void switchOff(LaneQueue lane) {
    lane.switchOff();
    while (lane.waitingRecords() > 0) {
      drop(lane, DropReason.SINK_OFF, List.of(lane.removeOldestWaiting()));
    }
  }

  /// What a send usually takes in the slowest lane that a flush waits for; empty when there is none
  /// whose destination is worth waiting for.
  OptionalLong usualSendNanos() {
    OptionalLong slowest = OptionalLong.empty();
    for (LaneQueue lane : flushedLanes) {
      if (lane.isReachable()) {
        slowest = OptionalLong.of(Math.max(slowest.orElse(0), lane.sendTime().nanos()));
      }
    }
    return slowest;
  }

  boolean isSettledThrough(long sequence) {
    for (LaneQueue lane : lanes) {
      if (!lane.isSettledThrough(sequence)) {
        return false;
      }
    }
    return true;
  }

  private void drop(LaneQueue lane, DropReason reason, List<Entry> entries) {
    lane.countDropped(reason, entries.size());
    release(entries);
  }

  private void release(List<Entry> entries) {
    for (Entry entry : entries) {
      if (--entry.lanesLeft == 0) {
        bytes -= entry.costBytes();
      }
    }
  }
}
