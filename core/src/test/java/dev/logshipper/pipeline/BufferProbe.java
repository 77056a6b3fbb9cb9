package dev.logshipper.pipeline;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Reads the state of a pipeline's buffer from a test, without its lock: for a simulation, in which
/// no other thread runs meanwhile.
public final class BufferProbe {
  private static final Field LANES = field(Pipeline.class, "lanes");
  private static final Field MEMORY = field(Pipeline.class, "memory");
  private static final Field BUFFER = field(Pipeline.class, "buffer");
  private static final Field WAITING = field(LaneQueue.class, "waiting");
  private static final Field OFF = field(Lane.class, "off");
  private static final Field BACKOFF_UNTIL = field(Backoff.class, "untilNanos");

  private final List<Lane> lanes;
  private final MemoryBound memory;
  private final RecordBuffer buffer;

  /// @param pipeline to look into
  public BufferProbe(Pipeline pipeline) {
    this.lanes = ((LaneGroups) read(pipeline, LANES)).all;
    this.memory = (MemoryBound) read(pipeline, MEMORY);
    this.buffer = (RecordBuffer) read(pipeline, BUFFER);
  }

  /// The state of one lane.
  ///
  /// @param oldestHeld content of the oldest record that waits or is being sent; empty when there
  ///   is none
  /// @param oldestArrivedNanos when the oldest waiting record arrived, on the pipeline's clock;
  ///   zero when none waits
  /// @param backsOffUntilNanos end of its backoff, on the pipeline's clock; the smallest long when
  ///   it does not back off
  /// @param hasInOrder whether a batch is in flight that is not set aside
  /// @param owes whether a flush that was requested of it is incomplete
  /// @param hasSent whether a send has succeeded
  /// @param reachable whether a flush waits for it
  public record LaneState(
      int waiting,
      long inFlight,
      String oldestHeld,
      long oldestArrivedNanos,
      long backsOffUntilNanos,
      boolean hasInOrder,
      boolean owes,
      boolean reachable,
      boolean off,
      boolean hasSent,
      LaneLedger ledger) {}

  /// Bytes held, as the buffer counts them.
  public long countedBytes() {
    return memory.bytes();
  }

  /// Whether the pipeline is being closed.
  public boolean isClosing() {
    return buffer.closeBy() != null;
  }

  /// The state of a lane.
  public LaneState lane(int index) {
    Lane lane = lanes.get(index);
    LaneLedger ledger = lane.ledger();
    Collection<?> waiting = (Collection<?>) read(lane.queue, WAITING);
    InFlight inOrder = lane.queue.firstInOrder();
    long inFlight = 0;
    for (InFlight batch : lane.queue.inFlight()) {
      inFlight += batch.size();
    }
    Entry oldest = waiting.isEmpty() ? null : (Entry) waiting.iterator().next();
    Entry held = inOrder == null ? oldest : inOrder.entries.getFirst();
    return new LaneState(
        waiting.size(),
        inFlight,
        held == null ? "" : held.record.text(),
        oldest == null ? 0 : oldest.arrivedNanos,
        (Long) read(lane.backoff, BACKOFF_UNTIL),
        inOrder != null,
        !lane.trigger.isRequestComplete(),
        lane.isReachable(),
        (Boolean) read(lane, OFF),
        lane.latency.nanos() > 0,
        ledger);
  }

  /// The first contradiction between the counters and the records held; empty when there is none.
  public String contradiction() {
    IdentityHashMap<Entry, Integer> lanesHolding = new IdentityHashMap<>();
    for (Lane lane : lanes) {
      long waitingBytes = 0;
      for (Object held : (Collection<?>) read(lane.queue, WAITING)) {
        waitingBytes += ((Entry) held).record.sizeBytes();
        lanesHolding.merge((Entry) held, 1, Integer::sum);
      }
      for (InFlight batch : lane.queue.inFlight()) {
        for (Entry held : batch.entries) {
          lanesHolding.merge(held, 1, Integer::sum);
        }
      }
      if (waitingBytes != lane.queue.bytes()) {
        return waitingBytes + " bytes wait, counted as " + lane.queue.bytes();
      }
    }
    long bytes = 0;
    for (Map.Entry<Entry, Integer> held : lanesHolding.entrySet()) {
      bytes += held.getKey().costBytes();
      if (held.getKey().lanesLeft != held.getValue()) {
        return held.getKey().lanesLeft + " lanes counted, held by " + held.getValue();
      }
    }
    return bytes == memory.bytes() ? "" : bytes + " bytes held, counted as " + memory.bytes();
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new AssertionError(name + " has another name now", e);
    }
  }

  private static Object read(Object owner, Field field) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
