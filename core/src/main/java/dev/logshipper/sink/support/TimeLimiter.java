package dev.logshipper.sink.support;

import dev.logshipper.sink.Deadline;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Bounds blocking I/O that a client library does not bound (rule S7): neither an interrupt nor a
/// timeout per read ends a socket read on a platform thread when its peer trickles. The I/O runs on
/// a short-lived thread; at the deadline or an interrupt it is cancelled and joined.
///
/// Stateless. The thread is a daemon and ends with its call: none is kept for the next one (S6).
public final class TimeLimiter {
  private static final long MARGIN_NANOS_MAX = 50_000_000;
  private static final long GRACE_MILLIS = 100;

  private TimeLimiter() {}

  /// Blocking I/O.
  @FunctionalInterface
  public interface Io<T> {
    /// Performs the I/O.
    T run() throws IOException;
  }

  /// Runs `io`, and `cancel` when it has not ended shortly before the deadline. The call returns by
  /// the deadline; the other thread ends with it, except inside something that cannot be cancelled,
  /// such as a host name lookup.
  ///
  /// @param cancel makes `io` end soon; called on this thread at most once, at any time
  /// @throws TimeoutException when `io` did not succeed in time
  /// @throws IOException thrown by `io`, whose runtime exceptions pass unchanged
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
      // It may have succeeded between the two lines above.
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

  /// The result is available an instant before the thread ends. An interrupt in between is kept for
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
