package dev.logshipper.tls;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/// An action that has started on a thread of its own.
final class Background<T> {
  private final FutureTask<T> task;
  private final Thread thread;

  private Background(FutureTask<T> task) {
    this.task = task;
    thread = Thread.ofVirtual().start(task);
  }

  /// An action that may throw.
  interface Action {
    void run() throws Exception;
  }

  static Background<Void> run(Action action) {
    return call(() -> {
      action.run();
      return null;
    });
  }

  static <T> Background<T> call(Callable<T> action) {
    return new Background<>(new FutureTask<>(action));
  }

  /// Waits until the thread waits for bytes, or for room for them.
  void awaitBlocked() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> thread.getState() == Thread.State.WAITING);
  }

  T get() throws ExecutionException, InterruptedException {
    return task.get();
  }

  T get(long timeout, TimeUnit unit)
      throws ExecutionException, InterruptedException, TimeoutException {
    return task.get(timeout, unit);
  }

  /// Waits in a server's thread.
  static void await(CountDownLatch latch) throws IOException {
    try {
      boolean _ = latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
