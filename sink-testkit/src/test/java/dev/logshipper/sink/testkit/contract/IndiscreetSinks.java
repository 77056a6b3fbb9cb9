package dev.logshipper.sink.testkit.contract;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/// Sinks that each break a rule about how a send ends and what is said of it (S7 to S10, S13 to
/// S16), made from one that breaks none.
final class IndiscreetSinks {
  private IndiscreetSinks() {}

  /// What becomes of a result.
  interface Retelling {
    SendResult of(SendResult result, Batch batch) throws InterruptedException;
  }

  static Sink retelling(Sink good, Retelling retelling) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        return retelling.of(super.send(batch, deadline), batch);
      }
    };
  }

  /// Has a timeout of its own for the first send and forgets the deadline over it.
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

  static Sink rejectingWhatFailsToArrive(Sink good) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline) throws InterruptedException {
        try {
          return good.send(batch, deadline);
        } catch (IOException _) {
          return new SendResult.Rejected("cut");
        }
      }
    };
  }

  static Sink throwingWhatIsNoIoException(Sink good) {
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

  static Sink onClose(Sink good, Runnable besides) {
    return new Altered(good) {
      @Override
      public void close() {
        super.close();
        besides.run();
      }
    };
  }

  static Sink closingOnce(Sink good) {
    return new Altered(good) {
      private boolean closed;

      @Override
      public void close() {
        super.close();
        if (closed) {
          throw new IllegalStateException("closed already");
        }
        closed = true;
      }
    };
  }

  static Sink printingFailures(Sink good) {
    return retelling(
        good,
        (result, _) -> {
          if (result instanceof SendResult.Rejected) {
            System.err.println("refused");
          }
          return result;
        });
  }

  static Sink loggingFailures(Sink good) {
    Logger logger = Logger.getLogger("some.library");
    logger.setUseParentHandlers(true);
    return retelling(
        good,
        (result, _) -> {
          if (result instanceof SendResult.Rejected) {
            logger.warning("refused");
          }
          return result;
        });
  }

  static Sink quotingLines(Sink good) {
    return retelling(
        good,
        (result, batch) ->
            result instanceof SendResult.Rejected
                ? new SendResult.Rejected("refused: " + batch.records().getFirst().text())
                : result);
  }

  static Sink quotingLinesInDiagnostics(Sink good, Diagnostics diagnostics) {
    return retelling(
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

  static SendResult oneLessFailed(SendResult result) {
    return result instanceof SendResult.Partial partial
        ? new SendResult.Partial(
            partial.retry().subList(0, partial.retry().size() - 1), List.of(), partial.reason())
        : result;
  }

  static SendResult partOfNothing(SendResult result, Batch batch) {
    boolean all = result.equals(SendResult.retry("answered 503")) && batch.records().size() > 2;
    return all ? new SendResult.Partial(List.of(0), List.of(), "some failed") : result;
  }
}
