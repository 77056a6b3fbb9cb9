package dev.logshipper.format.edgedelta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Settings;
import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.support.BodyBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A function `hello` and its records, for tests of their encoding.
final class FormatFixture {
  static final String TIME = "2026-11-21T10:15:30.123Z";
  static final String ID = "459921b5-681c-4a96-beb0-81e0aa586026";
  static final FunctionIdentity HELLO =
      new FunctionIdentity(
          "hello",
          "$LATEST",
          "eu-west-1",
          128,
          "123456789012",
          "arn:aws:lambda:eu-west-1:123456789012:function:hello");
  static final String CLOUD =
      """
      {"cloud":{"resource_id":"arn:aws:lambda:eu-west-1:123456789012:function:hello",\
      "account_id":"123456789012","region":"eu-west-1"},\
      "faas":{"name":"hello","version":"$LATEST","request_id":\
      """;

  private FormatFixture() {}

  static SinkContext context(Map<String, String> environment, ByteArrayOutputStream output) {
    return context(HELLO, environment, output);
  }

  private static SinkContext context(
      FunctionIdentity function, Map<String, String> environment, ByteArrayOutputStream output) {
    Settings settings = Settings.of(environment, FormatSettings.all());
    PrintStream out = new PrintStream(output, true, UTF_8);
    return new SinkContext(settings, () -> function, new PrintingDiagnostics(out, Level.DEBUG));
  }

  static NdjsonEncoder enriched() {
    return enriched(HELLO);
  }

  static NdjsonEncoder enriched(FunctionIdentity function) {
    return NdjsonEncoder.enriched(context(function, Map.of(), new ByteArrayOutputStream()));
  }

  static NdjsonEncoder plain() {
    return plain(Map.of());
  }

  static NdjsonEncoder plain(Map<String, String> environment) {
    return NdjsonEncoder.plain(Settings.of(environment, FormatSettings.all()));
  }

  /// A plain line as the platform delivers it when the log format is JSON.
  static LogRecord wrapped(String level, String message) {
    String json =
        "{\"timestamp\":\"2026-11-21T10:15:30.100Z\",\"level\":\""
            + level
            + "\",\"message\":\""
            + message
            + "\"}";
    return LogRecord.json(TIME, "function", ID, json.getBytes(UTF_8));
  }

  static Batch batch(String id, LogRecord... records) {
    return new Batch(id, List.of(records));
  }

  static LogRecord line(String text) {
    return LogRecord.text(TIME, "function", ID, text.getBytes(UTF_8));
  }

  static LogRecord platform(String type, String time, String json) {
    return LogRecord.json(time, type, null, json.getBytes(UTF_8));
  }

  static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), System::nanoTime);
  }

  static String encode(NdjsonEncoder encoder, Batch batch)
      throws IOException, InterruptedException {
    encoder.begin(batch, soon());
    BodyBuffer out = new BodyBuffer(1024);
    for (LogRecord record : batch.records()) {
      encoder.write(record, out);
    }
    return new String(out.toByteArray(), UTF_8);
  }
}
