package com.example.otlp;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.support.Http1Client;
import dev.logshipper.sink.support.Http1Request;
import dev.logshipper.sink.support.Http1Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// The collector's endpoint for logs. [Http1Client] makes one attempt (rule S5), ends it by the
/// deadline (S7), and keeps no thread (S6).
final class Collector implements AutoCloseable {
  private static final int RESPONSE_BYTES_MAX = 1024 * 1024;

  private final URI url;
  private final Map<String, String> headers;
  private final Http1Client http =
      Http1Client.of("log-shipper-otlp", RESPONSE_BYTES_MAX, List.of());

  Collector(URI url, Map<String, String> headers) {
    this.url = url;
    this.headers = headers;
  }

  Http1Response post(byte[] body, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    Http1Request request =
        Http1Request.post(url, body).header("Content-Type", "application/json");
    headers.forEach(request::header);
    return http.send(request, deadline);
  }

  /// Connects before there is anything to send (rule S16).
  void connect(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
    http.warmUp(Http1Request.Origin.of(url), deadline);
  }

  @Override
  public void close() {
    http.close();
  }

  /// Scheme, host and port: the path may be a secret (rule S15).
  @Override
  public String toString() {
    return Http1Request.Origin.of(url).toString();
  }
}
