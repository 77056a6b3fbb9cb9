package dev.logshipper.platform;

import dev.logshipper.sink.Deadline;
import dev.logshipper.time.Monitor;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Counts, per request id, how often an invocation began and ended, as reported by the platform's
/// deliveries. An asynchronous retry has the request id of its first attempt, and mostly runs in
/// the same environment, so an id alone does not tell two invocations apart. Remembers several ids,
/// because a short function may finish before its INVOKE event is read. Thread-safe.
public final class InvocationTracker implements InvocationListener {
  private static final int REMEMBERED_MAX = 64;

  private final Monitor monitor;
  private final ArrayDeque<Counts> remembered = new ArrayDeque<>();
  private long starts;
  private boolean telemetryDelayed;

  /// The invocations with one request id.
  private static final class Counts {
    private final String requestId;
    private int invoked;
    private int started;
    private int completed;
    private long completedMillis;

    /// Whether the latest completion is only presumed.
    private boolean presumed;

    private Counts(String requestId) {
      this.requestId = requestId;
    }
  }

  /// @param monitor not shared
  public InvocationTracker(Monitor monitor) {
    this.monitor = monitor;
  }

  /// The INVOKE event of an invocation was read.
  ///
  /// @return its attempt: 1 at the first invocation with this request id
  public int invoked(String requestId) {
    monitor.lock();
    try {
      return ++counts(requestId).invoked;
    } finally {
      monitor.unlock();
    }
  }

  @Override
  public void started(String requestId) {
    monitor.lock();
    try {
      starts++;
      Counts counts = counts(requestId);
      counts.started++;
      counts.presumed = false;
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  @Override
  public void completed(String requestId, long epochMillis) {
    monitor.lock();
    try {
      Counts counts = counts(requestId);
      if (!counts.presumed) {
        // An end completes all attempts that began before it, even if the end of one was never
        // reported. It may also be reported before its start.
        counts.completed = Math.max(counts.completed + 1, counts.started);
      }
      counts.presumed = false;
      counts.completedMillis = epochMillis;
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  @Override
  public void completionLost(String requestId) {
    monitor.lock();
    try {
      Counts counts = counts(requestId);
      if (counts.completed < counts.started) {
        counts.completed = counts.started;
        counts.presumed = true;
        monitor.signalAll();
      }
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
  /// @param attempt as returned by [#invoked]
  /// @return false when the deadline passed first
  public boolean awaitStart(String requestId, int attempt, Deadline deadline)
      throws InterruptedException {
    return await(requestId, attempt, false, deadline);
  }

  /// Whether an invocation is reported as started.
  ///
  /// @param attempt as returned by [#invoked]
  public boolean hasStarted(String requestId, int attempt) {
    monitor.lock();
    try {
      return isReported(requestId, attempt, false);
    } finally {
      monitor.unlock();
    }
  }

  /// Waits until an invocation is reported as finished, or telemetry is delayed.
  ///
  /// @param attempt as returned by [#invoked]
  /// @return false when the deadline passed first
  public boolean awaitCompletion(String requestId, int attempt, Deadline deadline)
      throws InterruptedException {
    return await(requestId, attempt, true, deadline);
  }

  private boolean await(String requestId, int attempt, boolean completion, Deadline deadline)
      throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      while (!telemetryDelayed && !isReported(requestId, attempt, completion)) {
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

  /// When the latest invocation with a request id ended, in milliseconds since 1970; 0 if unknown.
  public long completedMillis(String requestId) {
    monitor.lock();
    try {
      Counts counts = find(requestId);
      return counts == null ? 0 : counts.completedMillis;
    } finally {
      monitor.unlock();
    }
  }

  /// A completion implies a start.
  private boolean isReported(String requestId, int attempt, boolean completion) {
    Counts counts = find(requestId);
    return counts != null
        && (counts.completed >= attempt || (!completion && counts.started >= attempt));
  }

  private Counts counts(String requestId) {
    Counts counts = find(requestId);
    if (counts == null) {
      if (remembered.size() == REMEMBERED_MAX) {
        remembered.removeFirst();
      }
      counts = new Counts(requestId);
      remembered.addLast(counts);
    }
    return counts;
  }

  private @Nullable Counts find(String requestId) {
    for (Counts counts : remembered) {
      if (counts.requestId.equals(requestId)) {
        return counts;
      }
    }
    return null;
  }
}
