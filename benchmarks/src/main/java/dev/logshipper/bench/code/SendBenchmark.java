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

/// What a sink does with a batch: encode it and hand it over, without TLS, to a destination in this
/// process that throws it away.
@State(Scope.Benchmark)
public class SendBenchmark {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// What the function logs.
  @Param({SampleLines.TEXT, SampleLines.JSON})
  public String lines = "";

  /// To where, and in which form.
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
  /// @throws IllegalStateException when it did not arrive, which would make the figure a lie
  @Benchmark
  public void send() throws IOException, InterruptedException {
    batches++;
    SendResult result =
        requireNonNull(sink)
            .send(
                new Batch("batch-" + batches, records), Deadline.after(PATIENCE, System::nanoTime));
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
