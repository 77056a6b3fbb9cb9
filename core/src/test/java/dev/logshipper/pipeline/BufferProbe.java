package dev.logshipper.pipeline;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Looks into a pipeline's buffer from a test, without its lock: for a simulation, in which nobody
/// else runs meanwhile.
public final class BufferProbe {
  private static final Field BUFFER = field(Pipeline.class, "buffer");
  private static final Field STORE = field(RecordBuffer.class, "store");
  private static final Field WAITING = field(LaneQueue.class, "waiting");
  private static final Field IN_FLIGHT = field(LaneQueue.class, "inFlight");
  private static final Field REST_UNTIL = field(LaneQueue.class, "restUntilNanos");

  private final RecordStore store;

  /// @param pipeline to look into
  public BufferProbe(Pipeline pipeline) {
    this.store = (RecordStore) read(read(pipeline, BUFFER), STORE);
  }

  /// How things stand with one lane.
  ///
  /// @param oldestHeld content of the oldest record that waits or is being sent; empty when there
  ///   is none
  /// @param oldestArrivedNanos when the oldest waiting record came, on the pipeline's clock; zero
  ///   when none waits
  /// @param restsUntilNanos when it tries again, on the pipeline's clock; the smallest long when it
  ///   does not rest
  /// @param owes whether it has not met what was demanded of it
  /// @param reachable whether it is worth waiting for
  public record LaneState(
      int waiting,
      long inFlight,
      String oldestHeld,
      long oldestArrivedNanos,
      long restsUntilNanos,
      boolean owes,
      boolean reachable,
      boolean off,
      LaneLedger ledger) {}

  /// Bytes held, as the store counts them.
  public long countedBytes() {
    return store.bytes();
  }

  /// How things stand with a lane.
  public LaneState lane(int index) {
    LaneQueue lane = store.lanes().get(index);
    LaneLedger ledger = lane.ledger();
    Collection<?> waiting = (Collection<?>) read(lane, WAITING);
    List<?> inFlight = (List<?>) read(lane, IN_FLIGHT);
    Entry oldest = waiting.isEmpty() ? null : (Entry) waiting.iterator().next();
    Entry held = inFlight.isEmpty() ? oldest : (Entry) inFlight.getFirst();
    return new LaneState(
        waiting.size(),
        inFlight.size(),
        held == null ? "" : held.record.text(),
        oldest == null ? 0 : oldest.arrivedNanos,
        (Long) read(lane, REST_UNTIL),
        !lane.hasMetDemand(),
        lane.isReachable(),
        lane.isOff(),
        ledger);
  }

  /// What is wrong with the accounts of what is held; empty when nothing is.
  public String contradiction() {
    IdentityHashMap<Entry, Integer> lanesHolding = new IdentityHashMap<>();
    for (LaneQueue lane : store.lanes()) {
      long waitingBytes = 0;
      for (Object held : (Collection<?>) read(lane, WAITING)) {
        waitingBytes += ((Entry) held).record.sizeBytes();
        lanesHolding.merge((Entry) held, 1, Integer::sum);
      }
      for (Object held : (List<?>) read(lane, IN_FLIGHT)) {
        lanesHolding.merge((Entry) held, 1, Integer::sum);
      }
      if (waitingBytes != lane.waitingBytes()) {
        return waitingBytes + " bytes wait, counted as " + lane.waitingBytes();
      }
    }
    long bytes = 0;
    for (Map.Entry<Entry, Integer> held : lanesHolding.entrySet()) {
      bytes += held.getKey().costBytes();
      if (held.getKey().lanesLeft != held.getValue()) {
        return held.getKey().lanesLeft + " lanes counted, held by " + held.getValue();
      }
    }
    return bytes == store.bytes() ? "" : bytes + " bytes held, counted as " + store.bytes();
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
