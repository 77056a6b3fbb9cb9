package dev.logshipper.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import org.jspecify.annotations.Nullable;

/// The object in which the platform wraps a plain line when the function's log format is JSON:
/// exactly `timestamp`, `level` and `message`, in any order, each once and each a text.
final class JsonEnvelope {
  private static final byte[][] NAMES = {
    "timestamp".getBytes(US_ASCII), "level".getBytes(US_ASCII), "message".getBytes(US_ASCII)
  };
  private static final int TIMESTAMP = 0;
  private static final int LEVEL = 1;
  private static final int MESSAGE = 2;
  private static final int LEVEL_BYTES_MAX = 32;

  private final String level;
  private final byte[] message;

  private JsonEnvelope(String level, byte[] message) {
    this.level = level;
    this.message = message;
  }

  /// Reads an envelope.
  ///
  /// @param json a valid JSON value
  /// @return null when it is anything else; most other objects are recognised at their first
  ///   members
  static @Nullable JsonEnvelope read(byte[] json) {
    try {
      return read(json, new JsonReader(json));
    } catch (JsonException _) {
      return null;
    }
  }

  private static @Nullable JsonEnvelope read(byte[] json, JsonReader reader) throws JsonException {
    int[] texts = new int[NAMES.length];
    reader.expect('{');
    do {
      int member = reader.peek() == '"' ? indexOfName(reader) : -1;
      if (member < 0 || texts[member] > 0) {
        return null;
      }
      reader.expect(':');
      if (reader.peek() != '"') {
        return null;
      }
      texts[member] = reader.position();
      reader.skipValue();
    } while (reader.accept(','));
    if (texts[TIMESTAMP] == 0 || texts[LEVEL] == 0 || texts[MESSAGE] == 0) {
      return null;
    }
    return new JsonEnvelope(
        textAt(json, texts[LEVEL]).stringUpTo(LEVEL_BYTES_MAX),
        textAt(json, texts[MESSAGE]).stringBytes());
  }

  private static int indexOfName(JsonReader reader) throws JsonException {
    for (int i = 0; i < NAMES.length; i++) {
      if (reader.stringEquals(NAMES[i])) {
        return i;
      }
    }
    return -1;
  }

  private static JsonReader textAt(byte[] json, int position) {
    return new JsonReader(json, position, json.length);
  }

  /// The level as the platform wrote it; empty when longer than any level.
  String level() {
    return level;
  }

  /// The plain line, in UTF-8; not copied.
  byte[] message() {
    return message;
  }
}
