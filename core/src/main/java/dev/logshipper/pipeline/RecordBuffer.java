package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.time.Monitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The records of all lanes, and the lock that guards them: the listener appends, the lanes take
/// batches, the lifecycle flushes. The lock is held for an instant and never during I/O or parsing;
/// threads wait for its condition only, with a deadline.
final class RecordBuffer {
  /// A wait that ends later than this was interrupted by a freeze, not by a busy machine.
  private static final long FREEZE_NANOS_MIN = 200_000_000;

  final Monitor monitor;
  private final List<Lane> lanes;
  private final List<Lane> openLanes = new ArrayList<>();
  private final MemoryBound memory;
  private final Overflow overflow;
  private final LongSupplier nanoClock;
  private long acceptedBytes;
  private long nextSequence;
  private boolean backpressureLifted;
  private @Nullable Deadline closeBy;

  RecordBuffer(
      List<Lane> lanes,
      MemoryBound memory,
      Overflow overflow,
      Monitor monitor,
      LongSupplier nanoClock) {
    this.lanes = List.copyOf(lanes);
    this.memory = memory;
    this.overflow = overflow;
    this.monitor = monitor;
    this.nanoClock = nanoClock;
    for (Lane lane : lanes) {
      if (lane.isOpen()) {
        openLanes.add(lane);
      }
    }
  }

  /// Reads something under the lock.
  <T> T read(Supplier<T> question) {
    monitor.lock();
    try {
      return question.get();
    } finally {
      monitor.unlock();
    }
  }

  /// Changes something under the lock, wakes all waiting threads, and returns a result.
  <T> T compute(Supplier<T> change) {
    monitor.lock();
    try {
      T result = change.get();
      monitor.signalAll();
      return result;
    } finally {
      monitor.unlock();
    }
  }

  /// Changes something under the lock, and wakes all waiting threads.
  void change(Runnable change) {
    monitor.lock();
    try {
      change.run();
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  /// Waits until something has happened, as read under the lock, or a deadline has passed.
  void await(BooleanSupplier event, Deadline deadline) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      while (!event.getAsBoolean() && !deadline.hasPassed()) {
        monitor.awaitNanos(deadline.remainingNanos());
      }
    } finally {
      monitor.unlock();
    }
  }

  /// Appends a delivery for the lanes that ship all records. They share them.
  void append(List<LogRecord> records) {
    change(() -> {
      long now = nanoClock.getAsLong();
      for (LogRecord record : records) {
        acceptedBytes += record.sizeBytes();
        append(record, openLanes, now);
      }
    });
  }

  /// Appends the records that pass a lane's filters and its recorder.
  void append(LaneInlet.Passed passed, Lane receiver) {
    List<Lane> receivers = List.of(receiver);
    change(() -> {
      receiver.passed(passed);
      long now = nanoClock.getAsLong();
      for (LogRecord record : passed.records()) {
        append(record, receivers, now);
      }
    });
  }

  /// Appends a record for one lane, whatever its filters. Needs the lock.
  void append(LogRecord record, Lane receiver) {
    append(record, List.of(receiver), nanoClock.getAsLong());
  }

  /// Puts batches of earlier processes in front of a lane's own records. Needs the lock.
  ///
  /// @param lastSequence of the newest of their records; it is older than any other
  void restore(List<Batch> batches, Lane lane, long lastSequence) {
    long now = nanoClock.getAsLong();
    long sequence = lastSequence;
    for (Batch batch : batches) {
      sequence -= batch.records().size();
    }
    List<InFlight> restored = new ArrayList<>(batches.size());
    for (Batch batch : batches) {
      List<Entry> entries = new ArrayList<>(batch.records().size());
      for (LogRecord record : batch.records()) {
        boolean _ = lane.receive();
        Entry entry = new Entry(record, ++sequence, now, 1);
        memory.add(entry);
        entries.add(entry);
      }
      InFlight inFlight = new InFlight(batch, entries);
      inFlight.isRestored = true;
      restored.add(inFlight);
    }
    lane.queue.inFlight().addAll(0, restored);
  }

  /// Half of the memory that is left. Needs the lock.
  long halfOfRoomBytes() {
    return memory.roomBytes() / 2;
  }

  private void append(LogRecord record, List<Lane> lanesOfRecord, long nowNanos) {
    List<Lane> receivers = new ArrayList<>(lanesOfRecord.size());
    for (Lane lane : lanesOfRecord) {
      if (lane.wants(record) && lane.receive()) {
        receivers.add(lane);
      }
    }
    if (receivers.isEmpty()) {
      return;
    }
    Entry entry = new Entry(record, nextSequence++, nowNanos, receivers.size());
    if (makeRoomFor(entry.costBytes())) {
      memory.add(entry);
      for (Lane lane : receivers) {
        lane.queue.add(entry);
      }
    } else {
      for (Lane lane : receivers) {
        lane.counts.dropped(DropReason.OVERFLOW, 1);
      }
    }
  }

  /// Drops records as the overflow policy allows.
  ///
  /// @return whether there is room
  private boolean makeRoomFor(long costBytes) {
    while (!memory.fits(costBytes)) {
      Lane slowest = slowestLane();
      boolean mayDrop = overflow == Overflow.DROP_OLDEST && memory.canEverFit(costBytes);
      if (!mayDrop || slowest.queue.oldestDroppable() == Long.MAX_VALUE) {
        return false;
      }
      slowest.exit.dropForRoom();
    }
    return true;
  }

  private Lane slowestLane() {
    Lane slowest = lanes.getFirst();
    for (Lane lane : lanes) {
      if (lane.queue.oldestDroppable() < slowest.queue.oldestDroppable()) {
        slowest = lane;
      }
    }
    return slowest;
  }

  /// Backpressure: waits until a delivery may be accepted.
  ///
  /// @param deliveryBytes length of its body
  /// @return false when there was no room in time, or the environment was frozen meanwhile: the
  ///   platform may no longer be listening, and will deliver again
  boolean awaitRoom(long deliveryBytes, Duration longest) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      long end = nanoClock.getAsLong() + longest.toNanos();
      long left = longest.toNanos();
      if (!memory.hasRoomFor(deliveryBytes)) {
        // No lane may wait for more records when none can arrive.
        requestFlush();
        monitor.signalAll();
      }
      while (!backpressureLifted && left > 0 && !memory.hasRoomFor(deliveryBytes)) {
        monitor.awaitNanos(left);
        left = end - nanoClock.getAsLong();
      }
      return backpressureLifted || (!wasFrozen(left) && memory.hasRoomFor(deliveryBytes));
    } finally {
      monitor.unlock();
    }
  }

  /// From now on every delivery is accepted, up to the hard limit. Needs the lock.
  void liftBackpressure() {
    backpressureLifted = true;
  }

  /// Requests that every lane sends all its records now. Needs the lock.
  void requestFlush() {
    for (Lane lane : lanes) {
      lane.trigger.request(lastSequence());
    }
  }

  /// Whether a wait ended so late that the environment must have been frozen.
  ///
  /// @param left nanoseconds of the wait that were left at its end
  static boolean wasFrozen(long left) {
    return left < -FREEZE_NANOS_MIN;
  }

  /// Content bytes of all records accepted so far. Needs the lock.
  long acceptedBytes() {
    return acceptedBytes;
  }

  /// Sequence number of the newest record; -1 before the first. Needs the lock.
  long lastSequence() {
    return nextSequence - 1;
  }

  /// Whether no lane has anything more to try. Needs the lock.
  boolean isFinished() {
    for (Lane lane : lanes) {
      if (!lane.isFinished()) {
        return false;
      }
    }
    return true;
  }

  /// Whether lanes should not wait for more records. Needs the lock.
  boolean isUrgent() {
    return closeBy != null || memory.isHalfFull();
  }

  /// Lanes now send all their records, hardly backing off, until a deadline. Needs the lock.
  void close(Deadline deadline) {
    if (closeBy == null) {
      // There is little time.
      for (Lane lane : lanes) {
        lane.backoff.end();
      }
    }
    closeBy = deadline;
  }

  /// The deadline of the shutdown; null before it. Needs the lock.
  @Nullable Deadline closeBy() {
    return closeBy;
  }

  /// Whether no lane may start another send. Needs the lock.
  boolean isClosed() {
    return closeBy != null && closeBy.hasPassed();
  }
}
