package dev.logshipper.sandbox.environment.platform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The runtime's queued and running invocations in one environment. Used under the environment's
/// monitor.
final class RuntimeSlot {

  private final boolean concurrent;
  private final Deque<InvocationTask> queue = new ArrayDeque<>();
  private final List<InvocationTask> inFlight = new ArrayList<>();
  private int waiting;
  private int waitingForRestore;
  private long lastNextNanos;

  RuntimeSlot(boolean concurrent) {
    this.concurrent = concurrent;
  }

  void offer(InvocationTask task) {
    queue.add(task);
  }

  void startWaiting() {
    if (!concurrent && (!inFlight.isEmpty() || waiting > 0)) {
      throw Rejection.forbidden(
          "InvalidStateTransition", "Next before the respond to the invocation before");
    }
    lastNextNanos = System.nanoTime();
    waiting++;
  }

  boolean hasTask() {
    return !queue.isEmpty();
  }

  @Nullable InvocationTask stopWaiting() {
    waiting--;
    InvocationTask task = queue.poll();
    if (task != null) {
      inFlight.add(task);
    }
    return task;
  }

  void startWaitingForRestore() {
    waitingForRestore++;
  }

  /// The callers of `restore/next` go on.
  void restore() {
    waitingForRestore = 0;
  }

  /// In `/next` with nothing to do: ready after init, done after an invocation. Or in
  /// `restore/next`: ready for a snapshot.
  boolean isIdle() {
    return waitingForRestore > 0 || (waiting > 0 && queue.isEmpty() && inFlight.isEmpty());
  }

  long lastNextNanos() {
    return lastNextNanos;
  }

  /// @param invocationId which of the tasks with that request id; empty for the first of them
  boolean respond(String requestId, String invocationId, String body, @Nullable String errorType) {
    for (InvocationTask task : inFlight) {
      if (task.requestId().equals(requestId)
          && (invocationId.isEmpty() || task.invocationId().equals(invocationId))) {
        inFlight.remove(task);
        task.respond(body, errorType);
        return true;
      }
    }
    return false;
  }

  /// Abandons an invocation; a late response to it is rejected.
  void abandon(InvocationTask task) {
    queue.remove(task);
    inFlight.remove(task);
  }
}
