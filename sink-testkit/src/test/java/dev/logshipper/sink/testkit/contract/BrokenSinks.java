package dev.logshipper.sink.testkit.contract;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.testkit.Records;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Sinks that each break a rule about requests (S3 to S6, S11, S12), derived from a correct one.
final class BrokenSinks {
  private BrokenSinks() {}

  static Sink rejectingTheLastRecordAllowed(Sink good) {
    return rejectingIf(good, batch -> batch.records().size() == good.limits().recordsMax());
  }

  static Sink rejectingTheLastByteAllowed(Sink good) {
    BatchLimits limits = good.limits();
    return rejectingIf(
        good,
        batch ->
            batch.contentBytes() + (long) batch.records().size() * limits.recordOverheadBytes()
                == limits.bytesMax());
  }

  static Sink rejectingTheLongestRecordAllowed(Sink good) {
    BatchLimits limits = good.limits();
    return rejectingIf(
        good,
        batch ->
            batch.records().size() == 1
                && batch.contentBytes() + limits.recordOverheadBytes() == limits.recordBytesMax());
  }

  private interface Condition {
    boolean holds(Batch batch);
  }

  private static Sink rejectingIf(Sink good, Condition condition) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        return condition.holds(batch)
            ? SendResult.rejected("too large")
            : super.send(batch, deadline);
      }
    };
  }

  static Sink trimmingLines(Sink good) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        List<String> trimmed = new ArrayList<>();
        for (LogRecord record : batch.records()) {
          trimmed.add(record.text().strip());
        }
        List<LogRecord> records = Records.lines(trimmed.toArray(new String[0]));
        return super.send(new Batch(batch.id(), records), deadline);
      }
    };
  }

  static Sink losingEachTenth(Sink good) {
    return new Altered(good) {
      private int sends;

      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        return ++sends % 10 == 0 ? SendResult.DELIVERED : super.send(batch, deadline);
      }
    };
  }

  /// Reports that nothing fits whenever not everything does.
  static Sink makingNoProgress(Sink good) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        return batch.contentBytes() * 2 > LineSink.REQUEST_BYTES_MAX
                && batch.records().getFirst().text().startsWith("\"")
            ? new SendResult.Progress(0)
            : super.send(batch, deadline);
      }
    };
  }

  static Sink tryingTwice(Sink good) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        try {
          return super.send(batch, deadline);
        } catch (IOException first) {
          super.send(batch, deadline);
          throw first;
        }
      }
    };
  }

  static Sink treatingTimeoutsAsDelivered(Sink good) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        SendResult result = super.send(batch, deadline);
        return result.equals(SendResult.retry("timed out")) ? SendResult.DELIVERED : result;
      }
    };
  }

  static Sink resendingFailedLinesLater(Sink good) {
    return new Altered(good) {
      private List<String> kept = List.of();

      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        List<LogRecord> records = new ArrayList<>(Records.lines(kept.toArray(new String[0])));
        records.addAll(batch.records());
        SendResult result = super.send(new Batch(batch.id(), records), deadline);
        if (result.equals(SendResult.busy(Duration.ZERO, "status 503"))) {
          kept = Records.texts(batch.records());
        } else if (result instanceof SendResult.Delivered) {
          kept = List.of();
        }
        return result;
      }
    };
  }

  static Sink leakingThreads(Sink good) {
    return new Altered(good) {
      private final CountDownLatch closed = new CountDownLatch(1);

      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        startThreadUntil(closed);
        return super.send(batch, deadline);
      }

      @Override
      public void close() {
        closed.countDown();
        super.close();
      }
    };
  }

  static Sink beforeSendAndClose(Sink good, Runnable action) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        action.run();
        return super.send(batch, deadline);
      }

      @Override
      public void close() {
        action.run();
        super.close();
      }
    };
  }

  static void startThreadUntil(CountDownLatch end) {
    Thread.ofPlatform()
        .daemon()
        .name("leaked")
        .start(() -> {
          try {
            end.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  static Sink naming(Sink good, Naming ids) {
    return new Altered(good) {
      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        return super.send(new Batch(ids.of(batch), batch.records()), deadline);
      }
    };
  }

  /// Derives an id from a batch.
  interface Naming {
    String of(Batch batch);
  }

  static Sink keepingTheLastBatch(Sink good) {
    return new Altered(good) {
      private @Nullable Batch last;

      @Override
      public SendResult send(Batch batch, Deadline deadline)
          throws IOException, InterruptedException {
        last = batch;
        return super.send(Objects.requireNonNull(last), deadline);
      }
    };
  }
}
