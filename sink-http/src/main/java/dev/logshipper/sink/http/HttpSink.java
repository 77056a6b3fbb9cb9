package dev.logshipper.sink.http;

import dev.logshipper.client.http.ResponseClassifier;
import dev.logshipper.client.http.Transport;
import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.FastGzipOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// Posts each batch as one body of newline-delimited JSON.
///
/// Not thread-safe: core never overlaps the sends of a sink.
final class HttpSink implements Sink {
  /// More than the platform ever delivers at once, so that any single line fits. The target size is
  /// core's setting `PUSHER_BATCH_BYTES`.
  private static final int BATCH_BYTES_MAX = 8 * 1024 * 1024;

  private static final int BATCH_RECORDS_MAX = 10_000;
  private static final int KEPT_BYTES_MAX = 1024 * 1024;
  private static final int CHUNK_BYTES = 8 * 1024;

  private final NdjsonEncoder encoder;
  private final Transport transport;
  private final ResponseClassifier classifier;
  private final boolean gzip;
  private final Duration timeout;
  private final BatchLimits limits;
  private final BodyBuffer plain = new BodyBuffer(KEPT_BYTES_MAX);

  /// @param timeout longest time for one send
  HttpSink(
      NdjsonEncoder encoder,
      Transport transport,
      ResponseClassifier classifier,
      boolean gzip,
      Duration timeout) {
    this.encoder = encoder;
    this.transport = transport;
    this.classifier = classifier;
    this.gzip = gzip;
    this.timeout = timeout;
    this.limits =
        new BatchLimits(
            BATCH_RECORDS_MAX, BATCH_BYTES_MAX, BATCH_BYTES_MAX, encoder.lineOverheadBytes());
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    Deadline end = deadline.atMost(timeout);
    encoder.begin(batch, end);
    encode(batch, transport.body());
    return classifier.classify(transport.post(batch.id(), end));
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    encoder.begin(batch, deadline);
    encode(batch, transport.body());
    transport.warmUp(deadline);
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return "http sink to " + transport;
  }

  private void encode(Batch batch, OutputStream body) throws IOException {
    if (!gzip) {
      writeLines(batch, body);
      return;
    }
    // Compressed in one go: a call for every few bytes would cost more than the memory.
    plain.clear();
    writeLines(batch, plain);
    try (OutputStream out = new FastGzipOutputStream(body, CHUNK_BYTES)) {
      plain.writeTo(out);
    }
    plain.clear();
  }

  private void writeLines(Batch batch, OutputStream out) throws IOException {
    for (LogRecord record : batch.records()) {
      encoder.write(record, out);
    }
  }
}
