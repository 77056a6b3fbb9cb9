package dev.logshipper.sink.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The one thread on which a sink is opened and sends, and a view of all threads started because of
/// it: a thread inherits its creator's thread group.
final class Lane implements AutoCloseable {
  private static final int SECONDS_MAX = 20;

  private final ThreadGroup group = new ThreadGroup("sink-contract");
  private final ExecutorService executor = Executors.newSingleThreadExecutor(this::newThread);
  private volatile @Nullable Thread thread;

  private Thread newThread(Runnable work) {
    Thread fresh = new Thread(group, work, "sink-contract-lane");
    fresh.setDaemon(true);
    thread = fresh;
    return fresh;
  }

  /// Begins a call; calls run one after another.
  <T> Future<T> begin(Callable<T> call) {
    return executor.submit(() -> {
      try {
        return call.call();
      } finally {
        // A late interrupt must not reach the next call.
        Thread.interrupted();
      }
    });
  }

  /// Returns the result of a call.
  ///
  /// @throws AssertionError when it threw an exception or does not return
  <T> T end(Future<T> call) throws InterruptedException {
    try {
      return call.get(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the sink threw " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the sink does not return; its stack is " + stack(), e);
    }
  }

  /// Runs a call and returns its result.
  <T> T run(Callable<T> call) throws InterruptedException {
    return end(begin(call));
  }

  /// Creates another thread for a call, whose descendants are included.
  Thread another(Runnable call) {
    return new Thread(group, call, "sink-contract-other");
  }

  void interrupt() {
    Thread sending = thread;
    if (sending != null) {
      sending.interrupt();
    }
  }

  /// Returns the live threads other than the lane's own.
  List<Thread> descendants() {
    List<Thread> found = new ArrayList<>();
    for (Thread candidate : Thread.getAllStackTraces().keySet()) {
      if (!candidate.equals(thread) && isOfGroup(candidate)) {
        found.add(candidate);
      }
    }
    return found;
  }

  private boolean isOfGroup(Thread candidate) {
    ThreadGroup of = candidate.getThreadGroup();
    return of != null && group.parentOf(of);
  }

  private String stack() {
    Thread sending = thread;
    return sending == null ? "?" : List.of(sending.getStackTrace()).toString();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
