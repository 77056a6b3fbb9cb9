package dev.logshipper.sandbox.environment.telemetry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The unacknowledged events of one subscriber, bounded in bytes. Safe for use by several threads;
/// one of them removes batches.
final class EventBuffer {

  /// The events dropped since the last call.
  record Dropped(long records, long bytes) {}

  private final long bytesMax;
  private final Consumer<TelemetryEvent> onDrop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<TelemetryEvent> waiting = new ArrayDeque<>();
  private List<TelemetryEvent> inDelivery = List.of();
  private long waitingBytes;
  private long inDeliveryBytes;
  private long droppedRecords;
  private long droppedBytes;
  private boolean flushNow;

  /// @param onDrop called with each event that does not fit
  EventBuffer(long bytesMax, Consumer<TelemetryEvent> onDrop) {
    this.bytesMax = bytesMax;
    this.onDrop = onDrop;
  }

  void add(TelemetryEvent event) {
    lock.lock();
    try {
      if (waitingBytes + inDeliveryBytes + event.bytes() > bytesMax) {
        droppedRecords++;
        droppedBytes += event.bytes();
        onDrop.accept(event);
      } else {
        append(event);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Adds an event regardless of the limit: the report of drops must not be dropped.
  void addBeyondBound(TelemetryEvent event) {
    lock.lock();
    try {
      append(event);
    } finally {
      lock.unlock();
    }
  }

  private void append(TelemetryEvent event) {
    waiting.add(event);
    waitingBytes += event.bytes();
    changed.signalAll();
  }

  /// Makes the buffered events due now, regardless of the subscription's limits.
  void flush() {
    lock.lock();
    try {
      flushNow = !waiting.isEmpty();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until a batch is due by items, bytes or the age of its first event, and returns it. It
  /// stays in the buffer until [#acknowledge()].
  List<TelemetryEvent> takeDue(Subscription limits) throws InterruptedException {
    long timeoutNanos = TimeUnit.MILLISECONDS.toNanos(limits.timeoutMillis());
    lock.lock();
    try {
      while (!due(limits, timeoutNanos)) {
        if (waiting.isEmpty()) {
          changed.await();
        } else {
          long age = System.nanoTime() - waiting.getFirst().createdNanos();
          long _ = changed.awaitNanos(timeoutNanos - age);
        }
      }
      take(limits);
      flushNow &= !waiting.isEmpty();
      return inDelivery;
    } finally {
      lock.unlock();
    }
  }

  private boolean due(Subscription limits, long timeoutNanos) {
    return !waiting.isEmpty()
        && (flushNow
            || waiting.size() >= limits.maxItems()
            || waitingBytes >= limits.maxBytes()
            || System.nanoTime() - waiting.getFirst().createdNanos() >= timeoutNanos);
  }

  private void take(Subscription limits) {
    List<TelemetryEvent> batch = new ArrayList<>();
    inDeliveryBytes = 0;
    while (!waiting.isEmpty()
        && batch.size() < limits.maxItems()
        && inDeliveryBytes < limits.maxBytes()) {
      TelemetryEvent event = waiting.remove();
      batch.add(event);
      inDeliveryBytes += event.bytes();
    }
    waitingBytes -= inDeliveryBytes;
    inDelivery = batch;
  }

  void acknowledge() {
    lock.lock();
    try {
      inDelivery = List.of();
      inDeliveryBytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns an unacknowledged batch to the front: its subscriber has ended.
  void putBack() {
    lock.lock();
    try {
      inDelivery.reversed().forEach(waiting::addFirst);
      waitingBytes += inDeliveryBytes;
      inDelivery = List.of();
      inDeliveryBytes = 0;
    } finally {
      lock.unlock();
    }
  }

  Dropped takeDropped() {
    lock.lock();
    try {
      Dropped dropped = new Dropped(droppedRecords, droppedBytes);
      droppedRecords = 0;
      droppedBytes = 0;
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all events were acknowledged.
  boolean awaitEmpty(long millisMax) throws InterruptedException {
    long remaining = TimeUnit.MILLISECONDS.toNanos(millisMax);
    lock.lock();
    try {
      while (!waiting.isEmpty() || !inDelivery.isEmpty()) {
        if (remaining <= 0) {
          return false;
        }
        remaining = changed.awaitNanos(remaining);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
