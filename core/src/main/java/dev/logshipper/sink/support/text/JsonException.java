package dev.logshipper.sink.support.text;

/// The text at hand is not JSON. Says where and what was expected, never what stood there: the text
/// may be somebody's log.
public final class JsonException extends Exception {
  JsonException(String expected, int position) {
    super("expected " + expected + " at byte " + position);
  }
}
