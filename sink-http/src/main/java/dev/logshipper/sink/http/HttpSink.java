package dev.logshipper.sink.http;

import dev.logshipper.format.BodyBuffer;
import dev.logshipper.format.NdjsonEncoder;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;

/// Posts each batch as one body of newline-delimited JSON.
///
/// Not thread-safe: core never overlaps the sends of a sink.
final class HttpSink implements Sink {
  /// More than the platform ever delivers at once, so that any single line passes. How much is
  /// aimed at is core's setting, `PUSHER_BATCH_BYTES`.
  private static final int BATCH_BYTES_MAX = 8 * 1024 * 1024;

  private static final int BATCH_RECORDS_MAX = 10_000;
  private static final int KEPT_BYTES_MAX = 1024 * 1024;

  private final NdjsonEncoder encoder;
  private final Transport transport;
  private final Verdict verdict;
  private final boolean gzip;
  private final Duration timeout;
  private final BatchLimits limits;
  private BodyBuffer lines = new BodyBuffer(KEPT_BYTES_MAX);
  private BodyBuffer compressed = new BodyBuffer(KEPT_BYTES_MAX);

  /// @param timeout longest time for one send
  HttpSink(
      NdjsonEncoder encoder, Transport transport, Verdict verdict, boolean gzip, Duration timeout) {
    this.encoder = encoder;
    this.transport = transport;
    this.verdict = verdict;
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
  public SendResult send(Batch batch, Deadline deadline) throws InterruptedException {
    Deadline end = deadline.atMost(timeout);
    boolean ended = false;
    try {
      encoder.begin(batch, end);
      BodyBuffer body = encode(batch);
      Exchange.Answer answer = transport.post(body, batch.id(), gzip ? "gzip" : "", end);
      ended = true;
      return verdict.of(answer);
    } catch (TimeoutException late) {
      return verdict.of(late);
    } catch (IOException failure) {
      ended = true;
      return verdict.of(failure);
    } finally {
      release(ended);
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return "http sink to " + transport;
  }

  private BodyBuffer encode(Batch batch) throws IOException {
    for (LogRecord record : batch.records()) {
      encoder.write(record, lines);
    }
    if (!gzip) {
      return lines;
    }
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      lines.writeTo(out);
    }
    return compressed;
  }

  /// A request that was given up may be stuck where nothing ends it, and must not find the bytes of
  /// the next one in its hands.
  private void release(boolean ended) {
    if (ended) {
      lines.clear();
      compressed.clear();
    } else {
      lines = new BodyBuffer(KEPT_BYTES_MAX);
      compressed = new BodyBuffer(KEPT_BYTES_MAX);
    }
  }
}
