package com.example.otlp;

import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// Sends each batch as one OTLP request in JSON
/// (<https://opentelemetry.io/docs/specs/otlp/#otlphttp>).
final class OtlpSink implements Sink {
  /// A collector takes bodies of 20 MiB. A byte of a line may need six on the wire.
  private static final BatchLimits LIMITS =
      new BatchLimits(10_000, 3_000_000, 3_000_000, LogsRequest.RECORD_OVERHEAD_BYTES);

  private static final byte[] PARTIAL_SUCCESS =
      "partialSuccess".getBytes(StandardCharsets.US_ASCII);

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
    } catch (TimeoutException _) {
      return SendResult.retry("no answer in time from " + collector);
    } catch (ConnectException | UnknownHostException _) {
      return SendResult.retry("nobody at " + collector + ": check " + OtlpSettings.ENDPOINT);
    }
  }

  /// The specification says which answers are worth another attempt.
  private SendResult result(Collector.Answer answer) {
    String reason = collector + " answered " + answer.status();
    return switch (answer.status()) {
      case 200, 202, 204 -> {
        warnOfRefused(answer.body());
        yield SendResult.DELIVERED;
      }
      case 429, 502, 503, 504 -> new SendResult.Retry(answer.retryAfter(), reason);
      case 401, 403 -> new SendResult.Rejected(reason + ": check " + OtlpSettings.HEADERS);
      case 404, 405 -> new SendResult.Rejected(reason + ": check " + OtlpSettings.LOGS_ENDPOINT);
      default -> new SendResult.Rejected(reason);
    };
  }

  /// A collector that refuses some records does not say which, and they must not be sent again, so
  /// all that remains is to tell. What it says of them may quote them and is not told.
  private void warnOfRefused(byte[] answer) {
    try {
      JsonReader json = new JsonReader(answer);
      if (json.peek() == '{' && json.find(PARTIAL_SUCCESS) && json.valueBytes().length > 2) {
        context.diagnostics().warn(collector + " refused some records or has something to say");
      }
    } catch (JsonException _) {
      // Not every server that says 200 speaks JSON.
    }
  }

  @Override
  public void close() {
    // Connections belong to the JDK, which closes idle ones by itself.
  }

  @Override
  public String toString() {
    return "otlp sink to " + collector;
  }
}
