package dev.logshipper.sink.support;

import dev.logshipper.sink.Deadline;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Bounds blocking I/O that a client library does not bound (rule S7): neither an interrupt nor a
/// timeout per read ends a socket read on a platform thread when its peer trickles. The I/O runs on
/// a short-lived thread; at the deadline or an interrupt it is cancelled and joined.
///
/// A freeze is not a timeout: the response to a request may arrive while the environment is frozen.
/// If the deadline passes during a freeze, the I/O may go on for up to half a second after it, and
/// until the deadline of running time ([Deadline#ofRunning]) once a request that was in progress
/// has ended, by a response or because its connection was dead: nothing is in doubt any more. Each
/// freeze is reported to the deadline, which postpones it for the next call of the same attempt,
/// too.
///
/// Stateless. The thread is a daemon and ends with its call: none is kept for the next one (S6).
public final class TimeLimiter {
  private static final long MARGIN_NANOS_MAX = 50_000_000;
  private static final long GRACE_MILLIS = 100;

  /// A freeze is detected by a short wait that ends late. Only I/O that takes longer than this
  /// costs a wake-up.
  private static final long SLICE_NANOS = 100_000_000;

  /// A wait that ends later than this was interrupted by a freeze, or the machine is starved.
  private static final long FREEZE_NANOS_MIN = 100_000_000;

  /// Enough to read a response that is already there; a connection that has died silently meanwhile
  /// does not delay the next attempt for long.
  private static final long AFTER_FREEZE_NANOS = 500_000_000;

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
    return run(threadName, io, () -> 0, cancel, deadline);
  }

  /// The same for I/O of several requests, such as one for credentials and another with them.
  ///
  /// @param requestsEnded counts the requests that have ended, also by a failure; called on this
  ///   thread
  public static <T> T run(
      String threadName, Io<T> io, IntSupplier requestsEnded, Runnable cancel, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    return run(threadName, io, requestsEnded, cancel, deadline, System::nanoTime);
  }

  static <T> T run(
      String threadName,
      Io<T> io,
      IntSupplier requestsEnded,
      Runnable cancel,
      Deadline deadline,
      LongSupplier nanoClock)
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
      T result = await(task, withMargin(left), requestsEnded, deadline, nanoClock);
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

  private static long withMargin(long left) {
    return left - Math.min(MARGIN_NANOS_MAX, left / 10);
  }

  private static <T> T await(
      FutureTask<T> task,
      long nanos,
      IntSupplier requestsEnded,
      Deadline deadline,
      LongSupplier nanoClock)
      throws ExecutionException, InterruptedException, TimeoutException {
    long left = nanos;
    long begin = nanoClock.getAsLong();
    boolean thawed = false;
    int endedBefore = 0;
    while (true) {
      long slice = Math.min(left, SLICE_NANOS);
      int count = requestsEnded.getAsInt();
      boolean ended = awaitEnd(task, slice);
      long end = nanoClock.getAsLong();
      long waited = end - begin;
      begin = end;
      if (wasFrozen(slice, waited)) {
        deadline.wasFrozen(waited - slice);
        thawed = true;
        endedBefore = count;
      }
      if (ended) {
        return task.get();
      }
      left = leftAfter(left, slice, waited);
      if (left <= 0 && thawed && requestsEnded.getAsInt() != endedBefore) {
        left = withMargin(deadline.remainingNanos());
        thawed = false;
      }
      if (left <= 0) {
        throw new TimeoutException();
      }
    }
  }

  private static boolean awaitEnd(FutureTask<?> task, long nanos) throws InterruptedException {
    try {
      Object _ = task.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException _) {
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  private static boolean wasFrozen(long slice, long waited) {
    return waited - slice > FREEZE_NANOS_MIN;
  }

  /// The time left after a wait of one slice. A freeze never adds any, so that this ends on a
  /// starved machine, too.
  private static long leftAfter(long left, long slice, long waited) {
    return wasFrozen(slice, waited)
        ? Math.max(left - waited, Math.min(left - (slice + 1) / 2, AFTER_FREEZE_NANOS))
        : left - waited;
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
