package dev.logshipper.sink.http;

import dev.logshipper.client.http.PostResult;
import dev.logshipper.client.http.ResponseClassifier;
import dev.logshipper.client.http.SizeError;
import dev.logshipper.client.http.Transport;
import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.support.SentPart;
import dev.logshipper.sink.support.SizeLimit;
import java.io.IOException;
import java.time.Duration;

/// Posts each batch as one body, or as several if the destination accepts no body of its size.
///
/// Not thread-safe: core never overlaps the sends of a sink.
final class HttpSink implements Sink {
  /// Web servers commonly accept bodies up to 1 MiB (nginx, `client_max_body_size`).
  static final int BODY_BYTES_MAX = 1_000_000;

  /// More than the platform ever delivers at once, so that any single line fits. The target size is
  /// core's setting `PUSHER_BATCH_BYTES`.
  private static final int BATCH_BYTES_MAX = 8 * 1024 * 1024;

  private static final int BATCH_RECORDS_MAX = 10_000;

  private final NdjsonEncoder encoder;
  private final BodyWriter writer;
  private final Transport transport;
  private final ResponseClassifier classifier;
  private final Duration timeout;
  private final Diagnostics diagnostics;
  private final BatchLimits limits;
  private final SizeLimit sizeLimit = new SizeLimit();
  private final CutBodies cutBodies = new CutBodies();

  /// @param timeout longest time for one send
  HttpSink(
      NdjsonEncoder encoder,
      BodyWriter writer,
      Transport transport,
      ResponseClassifier classifier,
      Duration timeout,
      Diagnostics diagnostics) {
    this.encoder = encoder;
    this.writer = writer;
    this.transport = transport;
    this.classifier = classifier;
    this.timeout = timeout;
    this.diagnostics = diagnostics;
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
    SentPart part = writer.write(batch, bytesMax(batch), transport.body());
    return classify(transport.post(batch.id(), end), part);
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    encoder.begin(batch, deadline);
    writer.write(batch, BODY_BYTES_MAX, transport.body());
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

  /// A batch of the default size, once encoded, may exceed the limit of a web server. A batch that
  /// is larger is so because the user asked for it.
  private long bytesMax(Batch batch) {
    long counted =
        batch.contentBytes() + (long) batch.records().size() * limits.recordOverheadBytes();
    long learned = Math.min(sizeLimit.bytesMax(), cutBodies.bytesMax());
    return Math.min(learned, Math.max(BODY_BYTES_MAX, counted));
  }

  private SendResult classify(PostResult result, SentPart part) {
    if (result instanceof PostResult.Response response && isTooLarge(response, part)) {
      return tooLarge(response.status(), part);
    }
    SendResult ofPart = classifier.classify(result);
    if (ofPart instanceof SendResult.Delivered) {
      cutBodies.accepted();
      sizeLimit.accepted();
    } else if (result instanceof PostResult.NoResponse none && none.cut()) {
      cutBodies.cut(part.bytes());
    }
    return part.resultOf(ofPart);
  }

  /// A single record that a busy server finds large may pass later.
  private static boolean isTooLarge(PostResult.Response response, SentPart part) {
    return SizeError.isIn(response) && (part.records() > 1 || response.status() != 429);
  }

  private SendResult tooLarge(int status, SentPart part) {
    String reason = classifier.host() + " returned " + status + ": the body is too large for it";
    SendResult result = sizeLimit.tooLarge(part, reason);
    if (result instanceof SendResult.Progress) {
      diagnostics.info(
          "http: "
              + classifier.host()
              + " rejected a body of "
              + part.bytes()
              + " bytes as too large; sending at most "
              + sizeLimit.bytesMax());
    }
    return result;
  }
}
