package dev.logshipper.health;

import dev.logshipper.sink.support.text.JsonWriter;

/// A JSON object as it is written. Not thread-safe.
final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  void member(String name, String value) {
    name(name).append(JsonWriter.string(value));
  }

  void member(String name, long value) {
    name(name).append(value);
  }

  void member(String name, boolean value) {
    name(name).append(value);
  }

  /// An element of an array.
  void element(String value) {
    separate().append(JsonWriter.string(value));
  }

  void beginObject(String name) {
    name(name).append('{');
  }

  /// An object in an array.
  void beginObject() {
    separate().append('{');
  }

  void endObject() {
    text.append('}');
  }

  void beginArray(String name) {
    name(name).append('[');
  }

  /// An array in an array.
  void beginArray() {
    separate().append('[');
  }

  void endArray() {
    text.append(']');
  }

  /// The whole object.
  String text() {
    return text + "}";
  }

  private StringBuilder name(String name) {
    return separate().append(JsonWriter.string(name)).append(':');
  }

  private StringBuilder separate() {
    char last = text.charAt(text.length() - 1);
    return last == '{' || last == '[' ? text : text.append(',');
  }
}
