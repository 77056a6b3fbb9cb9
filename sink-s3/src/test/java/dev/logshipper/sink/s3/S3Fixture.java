package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/// A sink as its provider opens it, and a server whose answers a test puts in line.
final class S3Fixture implements AutoCloseable {
  static final String TIME = "2026-11-21T10:15:30.123Z";
  static final long MILLIS = 1_795_256_130_123L;

  final MockWebServer server = new MockWebServer();
  final CapturedOutput said = new CapturedOutput();
  final Sink sink;

  /// @param environment names and values in turn
  S3Fixture(String... environment) throws Exception {
    server.start();
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getPort());
    put(variables, environment);
    this.sink = open(variables, said);
  }

  static Sink open(Map<String, String> environment, CapturedOutput said) {
    Map<String, String> variables = new HashMap<>();
    variables.put("ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "logs");
    variables.put("AWS_ACCESS_KEY_ID", "AKIAHUSH");
    variables.put("AWS_SECRET_ACCESS_KEY", "hush");
    variables.put("AWS_SESSION_TOKEN", "hushhush");
    variables.putAll(environment);
    Settings settings = Settings.of(variables, S3Settings.all());
    FunctionIdentity function =
        new FunctionIdentity("Hello", "$LATEST", "eu-west-1", 128, "123456789012", "arn:hello");
    return new S3SinkProvider().open(new SinkContext(settings, () -> function, said.diagnostics()));
  }

  /// The first call of all takes seconds on a busy machine.
  static void warmUp() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.answer(200);
      SendResult _ = s3.send();
    }
  }

  static void put(Map<String, String> variables, String... environment) {
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
  }

  static LogRecord line(String time, String text) {
    return LogRecord.text(time, "function", "r1", text.getBytes(UTF_8));
  }

  static Batch batch(String id, String... lines) {
    List<LogRecord> records = new ArrayList<>();
    for (String line : lines) {
      records.add(line(TIME, line));
    }
    return new Batch(id, records);
  }

  static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }

  void answer(int status, String... headers) {
    MockResponse.Builder answer = new MockResponse.Builder().code(status);
    for (int i = 0; i < headers.length; i += 2) {
      answer.addHeader(headers[i], headers[i + 1]);
    }
    server.enqueue(answer.build());
  }

  /// An error as S3 says it.
  void refuse(int status, String code) {
    refuse(status, code, "hush");
  }

  /// @param headers names and values in turn
  void refuse(int status, String code, String message, String... headers) {
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message><RequestId>R1</RequestId></Error>";
    MockResponse.Builder answer =
        new MockResponse.Builder()
            .code(status)
            .addHeader("Content-Type", "application/xml")
            .body(body);
    for (int i = 0; i < headers.length; i += 2) {
      answer.addHeader(headers[i], headers[i + 1]);
    }
    server.enqueue(answer.build());
  }

  SendResult send() throws Exception {
    return send(batch("b-1", "a line"));
  }

  SendResult send(Batch batch) throws Exception {
    return sink.send(batch, in(20_000));
  }

  /// The next request that has come.
  RecordedRequest request() throws InterruptedException {
    RecordedRequest request = server.takeRequest(1, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request");
    }
    return request;
  }

  static byte[] body(RecordedRequest request) {
    ByteString body = request.getBody();
    return body == null ? new byte[0] : body.toByteArray();
  }

  static String text(RecordedRequest request) {
    return new String(body(request), UTF_8);
  }

  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    sink.close();
    server.close();
  }
}
