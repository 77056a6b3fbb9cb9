package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Settings;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.s3.S3Behaviour;
import dev.logshipper.sandbox.destination.s3.S3Destination;
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

/// A sink as its provider opens it, and the stand-in for S3 in `eu-west-1`.
final class S3Fixture implements AutoCloseable {
  static final String TIME = "2026-11-21T10:15:30.123Z";
  static final long MILLIS = 1_795_256_130_123L;

  final S3Destination server;
  final CapturedOutput output = new CapturedOutput();
  final Sink sink;

  /// With the bucket `logs`.
  ///
  /// @param environment alternating names and values
  S3Fixture(String... environment) {
    this(standard().with("logs"), environment);
  }

  /// @param environment alternating names and values
  S3Fixture(S3Behaviour behaviour, String... environment) {
    this.server = S3Destination.start(behaviour);
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_ENDPOINT_URL", server.url());
    put(variables, environment);
    this.sink = open(variables, output);
  }

  /// Without a bucket.
  static S3Behaviour standard() {
    return S3Behaviour.standard().in("eu-west-1");
  }

  static Sink open(Map<String, String> environment, CapturedOutput output) {
    Map<String, String> variables = new HashMap<>();
    variables.put("ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "logs");
    variables.put("AWS_ACCESS_KEY_ID", "AKIAHUSH");
    variables.put("AWS_SECRET_ACCESS_KEY", "hush");
    variables.put("AWS_SESSION_TOKEN", "hushhush");
    variables.putAll(environment);
    return new S3SinkProvider().open(context(variables, output));
  }

  static SinkContext context(Map<String, String> environment, CapturedOutput output) {
    FunctionIdentity function =
        new FunctionIdentity("Hello", "$LATEST", "eu-west-1", 128, "123456789012", "arn:hello");
    return new SinkContext(
        Settings.of(environment, S3Settings.all()), () -> function, output.diagnostics());
  }

  /// The very first call lasts seconds on a busy machine.
  static void warmUp() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
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

  /// The next response is an error of S3.
  void failNext(int status, String code) {
    server.respondNext(S3Destination.error(status, code, "hush"));
  }

  /// The next response is an error with the region of the bucket.
  void redirectNext(int status, String code, String region) {
    server.respondNext(
        S3Destination.error(status, code, "hush").header("x-amz-bucket-region", region));
  }

  SendResult send() throws Exception {
    return send(batch("b-1", "a line"));
  }

  SendResult send(Batch batch) throws Exception {
    return sink.send(batch, in(20_000));
  }

  ReceivedRequest request(int index) {
    return server.requests().get(index);
  }

  static String text(ReceivedRequest request) {
    return new String(request.body(), UTF_8);
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() {
    sink.close();
    server.close();
  }
}
