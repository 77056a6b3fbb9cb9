package dev.logshipper.lifecycle;

import dev.logshipper.sink.Deadline;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Which invocations have begun and which the runtime has finished, as the platform's deliveries
/// tell. Remembers some, because a short function may be done before its INVOKE event was read.
/// Thread-safe.
public final class InvocationProgress {
  private static final int REMEMBERED_MAX = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final ArrayDeque<String> started = new ArrayDeque<>();
  private final ArrayDeque<String> completed = new ArrayDeque<>();
  private long starts;

  /// The platform has told of an invocation.
  public void started(String requestId) {
    lock.lock();
    try {
      starts++;
      remember(started, requestId);
    } finally {
      lock.unlock();
    }
  }

  /// The runtime has finished an invocation, and all its records so far are in the pipeline; or
  /// there is reason to believe that the platform will not tell.
  public void completed(String requestId) {
    lock.lock();
    try {
      remember(completed, requestId);
    } finally {
      lock.unlock();
    }
  }

  private void remember(ArrayDeque<String> requestIds, String requestId) {
    if (requestIds.size() == REMEMBERED_MAX) {
      requestIds.removeFirst();
    }
    requestIds.addLast(requestId);
    news.signalAll();
  }

  /// Of how many invocations the platform has told so far.
  long starts() {
    lock.lock();
    try {
      return starts;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the platform has told of an invocation.
  ///
  /// @return false when the deadline came first
  boolean awaitStart(String requestId, Deadline deadline) throws InterruptedException {
    return await(() -> started.contains(requestId) || completed.contains(requestId), deadline);
  }

  /// Waits until an invocation is finished.
  ///
  /// @return false when the deadline came first
  boolean awaitCompletion(String requestId, Deadline deadline) throws InterruptedException {
    return await(() -> completed.contains(requestId), deadline);
  }

  private boolean await(BooleanSupplier happened, Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!happened.getAsBoolean()) {
        if (deadline.hasPassed()) {
          return false;
        }
        news.awaitNanos(deadline.remainingNanos());
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
