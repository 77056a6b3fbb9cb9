package dev.logshipper.sandbox.environment.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The place of the runtime in one environment: what waits for it and what it works on. Used under
/// the environment's monitor.
final class RuntimeSlot {

  private final boolean concurrent;
  private final Deque<InvocationTask> queue = new ArrayDeque<>();
  private final Map<String, InvocationTask> inFlight = new HashMap<>();
  private int waiting;
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
          "InvalidStateTransition", "Next before the answer to the invocation before");
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
      inFlight.put(task.requestId(), task);
    }
    return task;
  }

  /// In `/next` with nothing to do: ready after init, done after an invocation.
  boolean resting() {
    return waiting > 0 && queue.isEmpty() && inFlight.isEmpty();
  }

  long lastNextNanos() {
    return lastNextNanos;
  }

  boolean answer(String requestId, String body, @Nullable String errorType) {
    InvocationTask task = inFlight.remove(requestId);
    if (task == null) {
      return false;
    }
    task.answer(body, errorType);
    return true;
  }

  /// Gives up an invocation; a late answer to it is refused.
  void forget(InvocationTask task) {
    queue.remove(task);
    inFlight.remove(task.requestId());
  }
}
