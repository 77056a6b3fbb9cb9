package dev.logshipper.lifecycle;

import dev.logshipper.sink.Deadline;
import dev.logshipper.time.Monitor;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/// Which invocations have begun and which the runtime has finished, as the platform's deliveries
/// tell. Remembers some, because a short function may be done before its INVOKE event was read.
/// Thread-safe.
public final class InvocationProgress {
  private static final int REMEMBERED_MAX = 64;

  private final Monitor monitor;
  private final ArrayDeque<String> started = new ArrayDeque<>();
  private final ArrayDeque<String> completed = new ArrayDeque<>();
  private long starts;
  private boolean heldUp;

  /// @param monitor nobody else's
  public InvocationProgress(Monitor monitor) {
    this.monitor = monitor;
  }

  /// The platform has told of an invocation.
  public void started(String requestId) {
    monitor.lock();
    try {
      starts++;
      remember(started, requestId);
    } finally {
      monitor.unlock();
    }
  }

  /// The runtime has finished an invocation, and all its records so far are in the pipeline; or
  /// there is reason to believe that the platform will not tell.
  public void completed(String requestId) {
    monitor.lock();
    try {
      remember(completed, requestId);
    } finally {
      monitor.unlock();
    }
  }

  /// The platform may be unable to tell for a while. Until this is taken back, nobody waits for
  /// what it would tell.
  public void newsHeldUp(boolean isHeldUp) {
    monitor.lock();
    try {
      heldUp = isHeldUp;
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

  /// Of how many invocations the platform has told so far.
  long starts() {
    monitor.lock();
    try {
      return starts;
    } finally {
      monitor.unlock();
    }
  }

  /// Waits until the platform has told of an invocation, or is held up.
  ///
  /// @return false when the deadline came first
  boolean awaitStart(String requestId, Deadline deadline) throws InterruptedException {
    return await(() -> started.contains(requestId) || completed.contains(requestId), deadline);
  }

  /// Waits until an invocation is finished, or the platform is held up and could not say so.
  ///
  /// @return false when the deadline came first
  boolean awaitCompletion(String requestId, Deadline deadline) throws InterruptedException {
    return await(() -> completed.contains(requestId), deadline);
  }

  private boolean await(BooleanSupplier happened, Deadline deadline) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      while (!heldUp && !happened.getAsBoolean()) {
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
