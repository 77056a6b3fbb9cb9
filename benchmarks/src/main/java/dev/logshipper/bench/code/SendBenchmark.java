package dev.logshipper.bench.code;

import static java.util.Objects.requireNonNull;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A sink's work for a batch: encoding and sending it, without TLS, to a destination in this
/// process that discards it.
@State(Scope.Benchmark)
public class SendBenchmark {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// The kind of lines.
  @Param({SampleLines.TEXT, SampleLines.JSON})
  public String lines = "";

  /// The sink and its encoding.
  @Param({"http", "http-gzip", "loki", "kinesis", "s3", "s3-gzip"})
  public String form = "";

  private long batches;
  private List<LogRecord> records = List.of();
  private @Nullable Sink sink;
  private @Nullable NullDestination destination;

  /// Opens the sink.
  @Setup
  public void open() throws IOException {
    records = SampleLines.records(lines);
    NullDestination started = NullDestination.start();
    destination = started;
    sink = SinkForm.named(form).open(started.url());
  }

  /// One batch.
  ///
  /// @throws IllegalStateException if it was not delivered, so that the figure would be wrong
  @Benchmark
  public void send() throws IOException, InterruptedException {
    batches++;
    SendResult result =
        requireNonNull(sink)
            .send(
                new Batch("batch-" + batches, records), Deadline.after(TIMEOUT, System::nanoTime));
    if (!(result instanceof SendResult.Delivered)) {
      throw new IllegalStateException(result.toString());
    }
  }

  /// Closes it.
  @TearDown
  public void close() throws IOException {
    requireNonNull(sink).close();
    requireNonNull(destination).close();
  }
}
