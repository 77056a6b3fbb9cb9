package dev.logshipper.bench.code;

import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneConfig.Retries;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.time.SystemScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// From accepted records to a delivered batch, including the handover to the lane's thread and
/// back.
@State(Scope.Benchmark)
public class PipelineBenchmark {
  private static final int BUFFER_BYTES_MAX = 20 * 1024 * 1024;
  private static final int BATCH_BYTES = 768 * 1024;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final AtomicLong batches = new AtomicLong();
  private final List<LogRecord> records = SampleLines.records(SampleLines.TEXT);
  private final Pipeline pipeline =
      new Pipeline(
          List.of(
              new LaneConfig(
                  "nowhere",
                  Nowhere::new,
                  Set.of(),
                  Batching.withEachFlush(BATCH_BYTES, TIMEOUT),
                  Retries.every(Duration.ofMillis(100)))),
          BUFFER_BYTES_MAX,
          Overflow.DROP_OLDEST,
          () -> "batch-" + batches.incrementAndGet(),
          new PrintingDiagnostics(System.err, Level.WARN),
          Math::random,
          new SystemScheduler(System::nanoTime));

  /// Starts the lane.
  @Setup
  public void start() {
    pipeline.start();
  }

  /// One delivery's records, flushed.
  ///
  /// @throws IllegalStateException if they were not delivered, so that the figure would be wrong
  @Benchmark
  public void acceptAndFlush() throws InterruptedException {
    pipeline.accept(records);
    if (!pipeline.flush(Deadline.after(TIMEOUT, System::nanoTime))) {
      throw new IllegalStateException("not delivered");
    }
  }

  /// Ends the lane.
  @TearDown
  public void end() throws InterruptedException {
    var _ = pipeline.close(Deadline.after(TIMEOUT, System::nanoTime));
  }

  /// Discards everything.
  private record Nowhere() implements Sink {
    @Override
    public BatchLimits limits() {
      return new BatchLimits(10_000, BATCH_BYTES, BATCH_BYTES, 0);
    }

    @Override
    public SendResult send(Batch batch, Deadline deadline) {
      return SendResult.DELIVERED;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
