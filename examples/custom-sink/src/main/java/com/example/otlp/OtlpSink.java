package com.example.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.support.Http1Client;
import dev.logshipper.sink.support.Http1Response;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// Sends each batch as one OTLP request in JSON
/// (<https://opentelemetry.io/docs/specs/otlp/#otlphttp>).
final class OtlpSink implements Sink {
  /// A collector accepts bodies of 20 MiB, and one byte of a line may need six in JSON.
  private static final BatchLimits LIMITS =
      BatchLimits.ofBytes(3_000_000)
          .withRecords(10_000)
          .withRecordOverhead(LogsRequest.RECORD_OVERHEAD_BYTES);

  private static final byte[] PARTIAL_SUCCESS = "partialSuccess".getBytes(US_ASCII);

  private final SinkContext context;
  private final LogsRequest request;
  private final Collector collector;
  private final Duration timeout;

  OtlpSink(SinkContext context, LogsRequest request, Collector collector, Duration timeout) {
    this.context = context;
    this.request = request;
    this.collector = collector;
    this.timeout = timeout;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    byte[] body = request.of(batch, context.function());
    try {
      return result(collector.post(body, deadline.atMost(timeout)));
    } catch (TimeoutException e) {
      return SendResult.retry(e.getMessage());
    } catch (IOException e) {
      return SendResult.retry("cannot reach " + collector + ": " + describe(e));
    }
  }

  @Override
  public void warmUp(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    byte[] _ = request.of(batch, context.function());
    try {
      collector.connect(deadline);
    } catch (TimeoutException _) {
      // The first send connects.
    }
  }

  private static String describe(IOException failure) {
    boolean isWrongAddress =
        failure instanceof ConnectException || failure instanceof UnknownHostException;
    String reason = Http1Client.describe(failure);
    return isWrongAddress ? reason + ": check " + OtlpSettings.ENDPOINT : reason;
  }

  /// The specification defines which statuses may be retried.
  private SendResult result(Http1Response response) {
    String reason = collector + " returned " + response.status();
    return switch (response.status()) {
      case 200, 202, 204 -> {
        warnOfRejected(response.body());
        yield SendResult.DELIVERED;
      }
      case 429, 502, 503, 504 -> SendResult.busy(response.retryAfter(), reason);
      case 401, 403 ->
          SendResult.rejectedByEndpoint(reason + ": check " + OtlpSettings.HEADERS);
      case 404, 405 ->
          SendResult.rejectedByEndpoint(reason + ": check " + OtlpSettings.LOGS_ENDPOINT);
      default -> SendResult.rejected(reason);
    };
  }

  /// A collector that rejects some records does not report which, and they must not be sent again.
  /// Its message may quote them, so it is not printed.
  private void warnOfRejected(byte[] body) {
    try {
      JsonReader json = new JsonReader(body);
      if (json.peek() == '{' && json.find(PARTIAL_SUCCESS) && json.valueBytes().length > 2) {
        context.diagnostics().warn(collector + " rejected some records, or returned a warning");
      }
    } catch (JsonException _) {
      // A successful response need not be JSON.
    }
  }

  @Override
  public void close() {
    collector.close();
  }

  @Override
  public String toString() {
    return "otlp sink to " + collector;
  }
}
