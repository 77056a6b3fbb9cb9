package dev.logshipper.sink.support;

import dev.logshipper.sink.Deadline;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Gives blocking I/O an end that a client library does not give it (rule S7): neither an interrupt
/// nor a timeout per read ends a socket read on a platform thread when its peer trickles. The I/O
/// runs on a short-lived thread; at the deadline, or at an interrupt, it is cancelled and waited
/// for.
///
/// Stateless. The thread is a daemon and ends with its call: none is kept for the next one (S6).
public final class TimeLimiter {
  private static final long MARGIN_NANOS_MAX = 50_000_000;
  private static final long GRACE_MILLIS = 100;

  private TimeLimiter() {}

  /// Blocking I/O.
  @FunctionalInterface
  public interface Io<T> {
    /// Does it.
    T run() throws IOException;
  }

  /// Runs `io`, and `cancel` when it has not ended shortly before the deadline. The calling thread
  /// is back by the deadline; the other one ends with it, except while it is stuck where nothing
  /// can be cancelled, such as in a host name lookup.
  ///
  /// @param cancel makes `io` end soon; called on this thread at most once, at any time
  /// @throws TimeoutException when `io` did not succeed in time
  /// @throws IOException what `io` threw; its runtime exceptions pass as they are
  /// @throws InterruptedException when interrupted, after `cancel`
  public static <T> T run(String threadName, Io<T> io, Runnable cancel, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    long left = deadline.remainingNanos();
    if (left == 0) {
      throw new TimeoutException();
    }
    FutureTask<T> task = new FutureTask<>(io::run);
    Thread thread = new Thread(task, threadName);
    thread.setDaemon(true);
    thread.start();
    try {
      T result = task.get(left - Math.min(MARGIN_NANOS_MAX, left / 10), TimeUnit.NANOSECONDS);
      awaitEnd(thread);
      return result;
    } catch (ExecutionException failed) {
      awaitEnd(thread);
      throw unwrapped(failed.getCause());
    } catch (TimeoutException late) {
      cancel.run();
      thread.join(GRACE_MILLIS);
      // It may have succeeded after all between the two lines above.
      if (task.state() == Future.State.SUCCESS) {
        return task.resultNow();
      }
      throw late;
    } catch (InterruptedException interrupted) {
      cancel.run();
      thread.join(GRACE_MILLIS);
      throw interrupted;
    }
  }

  /// The result is there an instant before the thread is gone. An interrupt in between is kept for
  /// the caller's next wait.
  private static void awaitEnd(Thread thread) {
    try {
      thread.join(GRACE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException unwrapped(@Nullable Throwable cause) {
    return switch (cause) {
      case IOException io -> io;
      case RuntimeException defect -> throw defect;
      case Error error -> throw error;
      case null, default -> new IOException(cause);
    };
  }
}
