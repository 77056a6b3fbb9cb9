package dev.logshipper.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Settings;
import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SendResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/// A transport configured as by a sink of the mode `http`, with a clock that the test sets.
final class ClientFixture implements AutoCloseable {
  static final ConnectionSettings CONNECTION = ConnectionSettings.ofMode("http", "PUSHER_HTTP_URL");

  /// The wall clock; starts at 2026-11-21T10:15:30Z.
  final AtomicLong epochMillis = new AtomicLong(1_795_256_130_000L);

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  final Transport transport;
  private final ResponseClassifier classifier;

  /// @param environment alternating names and values
  ClientFixture(String endpoint, String... environment) {
    this(0, endpoint, environment);
  }

  /// @param errorBodyBytesMax as in [Transport]
  ClientFixture(int errorBodyBytesMax, String endpoint, String... environment) {
    this(Dns.SYSTEM, errorBodyBytesMax, endpoint, environment);
  }

  ClientFixture(Dns dns, int errorBodyBytesMax, String endpoint, String... environment) {
    Headers headers = Headers.of("Authorization", "Bearer t0ken", "Content-Type", "text/plain");
    Destination destination =
        new Destination(
            HttpUrl.get(endpoint),
            headers,
            settings(environment),
            CONNECTION,
            new PrintingDiagnostics(new PrintStream(output, true, UTF_8), Level.DEBUG));
    this.transport = new Transport(destination, errorBodyBytesMax, epochMillis::get, dns);
    this.classifier = new ResponseClassifier(destination, status -> "hint for " + status);
  }

  List<String> output() {
    return output.toString(UTF_8).lines().toList();
  }

  static Settings settings(String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return Settings.of(variables, CONNECTION.all());
  }

  SendResult send(Deadline deadline) throws InterruptedException {
    return send("b-1", "hush", deadline);
  }

  SendResult send(String batchId, String body, Deadline deadline) throws InterruptedException {
    return classifier.classify(post(batchId, body, deadline));
  }

  PostResult post(String batchId, String body, Deadline deadline) throws InterruptedException {
    byte[] bytes = body.getBytes(UTF_8);
    transport.body().write(bytes, 0, bytes.length);
    return transport.post(batchId, deadline);
  }

  static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }

  @Override
  public void close() {
    transport.close();
  }
}
