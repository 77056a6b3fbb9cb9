package dev.logshipper.sink.testkit.contract;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/// Sinks that each break a rule about results and output (S7 to S10, S13 to S16), derived from a
/// correct one.
final class BrokenResults {
  private BrokenResults() {}

  /// Changes a result.
  interface Mapping {
    SendResult of(SendResult result, Batch batch) throws InterruptedException;
  }

  static Sink mapping(Sink good, Mapping mapping) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        return mapping.of(super.send(batch, deadline), batch);
      }
    };
  }

  /// Applies its own timeout instead of the deadline to the first send.
  static Sink forgettingTheFirstDeadline(Sink good, Duration own) {
    return new Altered(good) {
      private boolean used;

      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        boolean first = !used;
        used = true;
        return super.send(batch, first ? Deadline.after(own, System::nanoTime) : deadline);
      }
    };
  }

  static Sink sendingItsWarmUp(Sink good) {
    return new Altered(good) {
      @Override
      public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
        SendResult _ = good.send(batch, deadline);
      }
    };
  }

  static Sink ignoringInterrupts(Sink good, Duration own) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        try {
          return super.send(batch, deadline);
        } catch (InterruptedException late) {
          boolean _ = new CountDownLatch(1).await(own.toMillis(), TimeUnit.MILLISECONDS);
          throw late;
        }
      }
    };
  }

  static Sink swallowingInterrupts(Sink good) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline) throws IOException {
        try {
          return good.send(batch, deadline);
        } catch (InterruptedException _) {
          return SendResult.retry("interrupted");
        }
      }
    };
  }

  static Sink rejectingAfterIoExceptions(Sink good) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline) throws InterruptedException {
        try {
          return good.send(batch, deadline);
        } catch (IOException _) {
          return SendResult.rejected("cut");
        }
      }
    };
  }

  static Sink throwingUncheckedExceptions(Sink good) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline) throws InterruptedException {
        try {
          return good.send(batch, deadline);
        } catch (IOException cut) {
          throw new IllegalStateException(cut);
        }
      }
    };
  }

  static Sink onClose(Sink good, Runnable also) {
    return new Altered(good) {
      @Override
      public void close() {
        super.close();
        also.run();
      }
    };
  }

  static Sink printingFailures(Sink good) {
    return mapping(
        good,
        (result, _) -> {
          if (result instanceof SendResult.Rejected) {
            System.err.println("rejected");
          }
          return result;
        });
  }

  static Sink loggingFailures(Sink good) {
    Logger logger = Logger.getLogger("some.library");
    logger.setUseParentHandlers(true);
    return mapping(
        good,
        (result, _) -> {
          if (result instanceof SendResult.Rejected) {
            logger.warning("rejected");
          }
          return result;
        });
  }

  static Sink quotingLines(Sink good) {
    return mapping(
        good,
        (result, batch) ->
            result instanceof SendResult.Rejected
                ? SendResult.rejected("rejected: " + batch.records().getFirst().text())
                : result);
  }

  static Sink loggingLines(Sink good, Diagnostics diagnostics) {
    return mapping(
        good,
        (result, batch) -> {
          diagnostics.debug("sent " + batch.records().getFirst().text());
          return result;
        });
  }

  static Sink named(Sink good, String name) {
    return new Altered(good) {
      @Override
      public String toString() {
        return name;
      }
    };
  }

  static SendResult withoutTheLastRetry(SendResult result) {
    return result instanceof SendResult.Partial(var retry, var rejected, var reason)
        ? new SendResult.Partial(withoutLast(retry), rejected, reason)
        : result;
  }

  static SendResult withoutTheLastRejection(SendResult result) {
    return result instanceof SendResult.Partial(var retry, var rejected, var reason)
        ? new SendResult.Partial(retry, withoutLast(rejected), reason)
        : result;
  }

  static SendResult retryingTheRejected(SendResult result) {
    if (!(result instanceof SendResult.Partial(var retry, var rejected, var reason))) {
      return result;
    }
    Set<Integer> all = new TreeSet<>(retry);
    all.addAll(rejected);
    return new SendResult.Partial(List.copyOf(all), List.of(), reason);
  }

  private static List<Integer> withoutLast(List<Integer> indexes) {
    return indexes.isEmpty() ? indexes : indexes.subList(0, indexes.size() - 1);
  }

  static SendResult progress(SendResult result, int error) {
    return result instanceof SendResult.Progress(int delivered)
        ? new SendResult.Progress(delivered + error)
        : result;
  }

  static SendResult partialForWholeFailures(SendResult result, Batch batch) {
    boolean all =
        result.equals(SendResult.busy(Duration.ZERO, "status 503")) && batch.records().size() > 2;
    return all ? new SendResult.Partial(List.of(0), List.of(), "some failed") : result;
  }
}
