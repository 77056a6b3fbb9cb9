package dev.logshipper.pipeline;

import dev.logshipper.time.Monitor;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Lets a delivery wait while the buffer is nearly full, and says when that was in vain: then the
/// platform had better hold it. Guarded by the buffer's lock, which it shares. Thread-safe.
final class HighWaterMark {
  private final RecordStore store;
  private final Monitor monitor;
  private final LongSupplier nanoClock;
  private boolean lifted;

  /// @param monitor the one that guards the store
  HighWaterMark(RecordStore store, Monitor monitor, LongSupplier nanoClock) {
    this.store = store;
    this.monitor = monitor;
    this.nanoClock = nanoClock;
  }

  /// Waits until a delivery may be taken.
  ///
  /// @param deliveryBytes its length as it came
  /// @return false when there was no room in time, or the environment was frozen meanwhile: whoever
  ///   delivers may no longer be listening, and will deliver again
  boolean awaitRoom(long deliveryBytes, Duration longest) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      long end = nanoClock.getAsLong() + longest.toNanos();
      long left = longest.toNanos();
      if (!store.hasRoomFor(deliveryBytes)) {
        // No lane may wait for more to come together when nothing can come.
        store.demandFlush(Cut.BYTES);
        monitor.signalAll();
      }
      while (!lifted && left > 0 && !store.hasRoomFor(deliveryBytes)) {
        monitor.awaitNanos(left);
        left = end - nanoClock.getAsLong();
      }
      boolean wasFrozen = left < -RecordBuffer.FREEZE_NANOS_MIN;
      return lifted || (!wasFrozen && store.hasRoomFor(deliveryBytes));
    } finally {
      monitor.unlock();
    }
  }

  /// From now on everything is taken, up to the hard bound.
  void lift() {
    monitor.lock();
    try {
      lifted = true;
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }
}
