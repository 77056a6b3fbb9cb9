package dev.logshipper.sandbox.environment.telemetry;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// One event, encoded once for all subscribers. Older schemas have only strings as function
/// records, so a record that is an object has two encodings.
public final class TelemetryEvent {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  private final String type;
  private final long createdNanos = System.nanoTime();
  private final byte[] json;
  private final byte[] jsonForOlderSchemas;

  private TelemetryEvent(String type, byte[] json, byte[] jsonForOlderSchemas) {
    this.type = type;
    this.json = json;
    this.jsonForOlderSchemas = jsonForOlderSchemas;
  }

  /// An event with the given JSON value as its record.
  public static TelemetryEvent ofJson(String type, String recordJson) {
    byte[] json = encode(type, Instant.now(), recordJson.getBytes(StandardCharsets.UTF_8));
    return new TelemetryEvent(type, json, json);
  }

  /// A line of text.
  public static TelemetryEvent ofLine(String type, String line) {
    return ofLine(type, Instant.now(), line);
  }

  /// A text of that time.
  public static TelemetryEvent ofLine(String type, Instant time, String text) {
    byte[] json = encode(type, time, quoted(text));
    return new TelemetryEvent(type, json, json);
  }

  /// A text that is a JSON object, of a function whose log format is JSON.
  public static TelemetryEvent ofObject(String type, Instant time, String object) {
    return new TelemetryEvent(
        type,
        encode(type, time, object.getBytes(StandardCharsets.UTF_8)),
        encode(type, time, quoted(object)));
  }

  /// Another text of such a function: newer schemas have it in an object of exactly `timestamp`,
  /// `level` and `message`.
  public static TelemetryEvent ofWrapped(String type, Instant time, String level, String text) {
    String object =
        "{\"timestamp\":\"%s\",\"level\":\"%s\",\"message\":%s}"
            .formatted(TIME.format(time), level, new String(quoted(text), StandardCharsets.UTF_8));
    return new TelemetryEvent(
        type,
        encode(type, time, object.getBytes(StandardCharsets.UTF_8)),
        encode(type, time, quoted(text)));
  }

  /// Its type, for example `platform.start`.
  public String type() {
    return type;
  }

  /// The subscription type it belongs to: `platform`, `function` or `extension`.
  String category() {
    int dot = type.indexOf('.');
    return dot < 0 ? type : type.substring(0, dot);
  }

  long createdNanos() {
    return createdNanos;
  }

  int bytes() {
    return json.length;
  }

  /// As it is delivered, or the beginning of that.
  String start(int bytesMax) {
    return new String(json, 0, Math.min(json.length, bytesMax), StandardCharsets.UTF_8);
  }

  void writeTo(ByteArrayOutputStream out, boolean olderSchema) {
    out.writeBytes(olderSchema ? jsonForOlderSchemas : json);
  }

  private static byte[] quoted(String line) {
    byte[] text = ENCODER.quoteAsUTF8(line);
    byte[] quoted = new byte[text.length + 2];
    quoted[0] = '"';
    System.arraycopy(text, 0, quoted, 1, text.length);
    quoted[text.length + 1] = '"';
    return quoted;
  }

  private static byte[] encode(String type, Instant time, byte[] recordValue) {
    String head = "{\"time\":\"" + TIME.format(time) + "\",\"type\":\"" + type + "\",\"record\":";
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] json = new byte[start.length + recordValue.length + 1];
    System.arraycopy(start, 0, json, 0, start.length);
    System.arraycopy(recordValue, 0, json, start.length, recordValue.length);
    json[json.length - 1] = '}';
    return json;
  }
}
