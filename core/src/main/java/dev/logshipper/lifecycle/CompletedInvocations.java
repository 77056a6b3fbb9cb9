package dev.logshipper.lifecycle;

import dev.logshipper.sink.Deadline;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The invocations that the runtime has finished, as the platform's deliveries tell. Remembers
/// some, because a short function may be done before its INVOKE event was read. Thread-safe.
public final class CompletedInvocations {
  private static final int REMEMBERED_MAX = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final ArrayDeque<String> requestIds = new ArrayDeque<>();

  /// Notes that the runtime has finished an invocation, and that all its records so far are in the
  /// pipeline.
  public void add(String requestId) {
    lock.lock();
    try {
      if (requestIds.size() == REMEMBERED_MAX) {
        requestIds.removeFirst();
      }
      requestIds.addLast(requestId);
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until an invocation is finished.
  ///
  /// @return false when the deadline came first
  boolean await(String requestId, Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!requestIds.contains(requestId)) {
        if (deadline.hasPassed()) {
          return false;
        }
        added.awaitNanos(deadline.remainingNanos());
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
