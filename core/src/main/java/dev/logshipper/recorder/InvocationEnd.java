package dev.logshipper.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;

/// The outcome of an invocation, as `platform.runtimeDone` or `platform.report` states it.
///
/// @param status `success`, `failure`, `error` or `timeout`; empty if the event has none
/// @param durationMillis as the platform wrote it; empty if the event has none
/// @param billedMillis the same
record InvocationEnd(String status, String durationMillis, String billedMillis) {
  private static final byte[] STATUS = "status".getBytes(UTF_8);
  private static final byte[] METRICS = "metrics".getBytes(UTF_8);
  private static final byte[] DURATION = "durationMs".getBytes(UTF_8);
  private static final byte[] BILLED = "billedDurationMs".getBytes(UTF_8);
  private static final int TEXT_BYTES_MAX = 32;

  static InvocationEnd of(LogRecord record) {
    byte[] json = new byte[record.sizeBytes()];
    record.content().get(json);
    return new InvocationEnd(text(json, STATUS), metric(json, DURATION), metric(json, BILLED));
  }

  boolean isSuccess() {
    return status.equals("success");
  }

  boolean isStated() {
    return !status.isEmpty();
  }

  /// Whether it is known to have lasted longer.
  boolean isLongerThan(long millis) {
    return !durationMillis.isEmpty() && Double.parseDouble(durationMillis) > millis;
  }

  private static String text(byte[] json, byte[] name) {
    JsonReader reader = new JsonReader(json);
    try {
      boolean found = reader.peek() == '{' && reader.find(name) && reader.peek() == '"';
      return found ? reader.stringUpTo(TEXT_BYTES_MAX) : "";
    } catch (JsonException _) {
      return "";
    }
  }

  private static String metric(byte[] json, byte[] name) {
    JsonReader reader = new JsonReader(json);
    try {
      boolean found =
          reader.peek() == '{'
              && reader.find(METRICS)
              && reader.peek() == '{'
              && reader.find(name)
              && reader.isAtNumber();
      return found ? number(reader) : "";
    } catch (JsonException _) {
      return "";
    }
  }

  private static String number(JsonReader reader) throws JsonException {
    int from = reader.position();
    byte[] value = reader.valueBytes();
    return reader.position() - from > TEXT_BYTES_MAX ? "" : new String(value, UTF_8);
  }
}
