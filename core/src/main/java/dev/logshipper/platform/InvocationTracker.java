package dev.logshipper.platform;

import dev.logshipper.sink.Deadline;
import dev.logshipper.time.Monitor;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/// The invocations that have begun and those that the runtime has finished, as reported by the
/// platform's deliveries. Remembers several, because a short function may finish before its INVOKE
/// event is read. Thread-safe.
public final class InvocationTracker implements InvocationListener {
  private static final int REMEMBERED_MAX = 64;

  private final Monitor monitor;
  private final ArrayDeque<String> started = new ArrayDeque<>();
  private final ArrayDeque<String> completed = new ArrayDeque<>();
  private long starts;
  private boolean telemetryDelayed;

  /// @param monitor not shared
  public InvocationTracker(Monitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public void started(String requestId) {
    monitor.lock();
    try {
      starts++;
      remember(started, requestId);
    } finally {
      monitor.unlock();
    }
  }

  @Override
  public void completed(String requestId) {
    monitor.lock();
    try {
      remember(completed, requestId);
    } finally {
      monitor.unlock();
    }
  }

  @Override
  public void telemetryDelayed(boolean delayed) {
    monitor.lock();
    try {
      telemetryDelayed = delayed;
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  private void remember(ArrayDeque<String> requestIds, String requestId) {
    if (requestIds.size() == REMEMBERED_MAX) {
      requestIds.removeFirst();
    }
    requestIds.addLast(requestId);
    monitor.signalAll();
  }

  /// The number of invocations reported as started so far.
  public long starts() {
    monitor.lock();
    try {
      return starts;
    } finally {
      monitor.unlock();
    }
  }

  /// Waits until an invocation is reported as started, or telemetry is delayed.
  ///
  /// @return false when the deadline passed first
  public boolean awaitStart(String requestId, Deadline deadline) throws InterruptedException {
    return await(() -> started.contains(requestId) || completed.contains(requestId), deadline);
  }

  /// Waits until an invocation is reported as finished, or telemetry is delayed.
  ///
  /// @return false when the deadline passed first
  public boolean awaitCompletion(String requestId, Deadline deadline) throws InterruptedException {
    return await(() -> completed.contains(requestId), deadline);
  }

  private boolean await(BooleanSupplier happened, Deadline deadline) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      while (!telemetryDelayed && !happened.getAsBoolean()) {
        if (deadline.hasPassed()) {
          return false;
        }
        monitor.awaitNanos(deadline.remainingNanos());
      }
      return true;
    } finally {
      monitor.unlock();
    }
  }
}
