package dev.logshipper.sink.support.text;

/// The input is not JSON. The message has the position and the expectation, never the input: that
/// may be a log record.
public final class JsonException extends Exception {
  JsonException(String expected, int position) {
    super("expected " + expected + " at byte " + position);
  }
}
