package com.example.otlp;

import dev.logshipper.sink.support.TimeLimiter;
import dev.logshipper.sink.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// Posts one body at a time. The old HTTP client of `java.base` rather than `java.net.http`: it
/// starts in a fraction of the time and keeps no thread that polls. Not thread-safe.
final class Collector {
  private static final int ANSWER_BYTES_MAX = 64 * 1024;
  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);

  private final URI url;
  private final Map<String, String> headers;

  /// Whether the next request may meet a connection that was used before.
  private boolean mayBePooled;

  Collector(URI url, Map<String, String> headers) {
    this.url = url;
    this.headers = headers;
  }

  /// What came back.
  record Answer(int status, Duration retryAfter, byte[] body) {}

  /// Makes one attempt, and another at once when a pooled connection turns out dead (rule S5).
  Answer post(byte[] body, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    boolean pooled = mayBePooled;
    mayBePooled = false;
    try {
      return once(body, deadline);
    } catch (IOException failure) {
      if (!pooled) {
        throw failure;
      }
      return once(body, deadline);
    }
  }

  private Answer once(byte[] body, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    // A read that trickles outlives every timeout of the JDK; the bound ends it (rule S7).
    return TimeLimiter.run(
        "log-shipper-otlp",
        () -> exchange(connection, body, (int) deadline.remaining().toMillis()),
        connection::disconnect,
        deadline);
  }

  private Answer exchange(HttpURLConnection connection, byte[] body, int timeoutMillis)
      throws IOException {
    connection.setConnectTimeout(Math.max(1, timeoutMillis));
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    headers.forEach(connection::setRequestProperty);
    connection.setDoOutput(true);
    // With a length given in advance the JDK does not repeat requests on its own (rule S5).
    connection.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    int status = connection.getResponseCode();
    byte[] answer = answer(connection, status);
    mayBePooled = !"close".equalsIgnoreCase(connection.getHeaderField("Connection"));
    return new Answer(status, retryAfter(connection), answer);
  }

  /// Reading to the end lets the connection be used again.
  private static byte[] answer(HttpURLConnection connection, int status) throws IOException {
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return in == null ? new byte[0] : in.readNBytes(ANSWER_BYTES_MAX);
    }
  }

  private static Duration retryAfter(HttpURLConnection connection) {
    Duration asked = Duration.ofSeconds(connection.getHeaderFieldLong("Retry-After", 0));
    return asked.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : asked;
  }

  /// Without the path, which may be a secret (rule S15).
  @Override
  public String toString() {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }
}
