package dev.logshipper.layer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/// A record as a destination gave it back.
///
/// @param type `function`, or the platform's name for its own records
/// @param text a function's line, as it was written
record StoredRecord(String type, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_CHARS = 250;

  /// @param line a JSON object
  static StoredRecord ofJson(String line, String typeKey, String textKey) {
    JsonNode record = json(line);
    return new StoredRecord(record.path(typeKey).asText(), record.path(textKey).asText());
  }

  static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + shown(line), e);
    }
  }

  /// The function's lines among them, short enough to be shown.
  static List<String> functionLines(List<StoredRecord> records) {
    return records.stream()
        .filter(record -> record.type().equals("function"))
        .map(record -> shown(record.text()))
        .toList();
  }

  /// The line itself, or an abbreviation that identifies a long line.
  static String shown(String line) {
    return line.length() <= SHOWN_CHARS
        ? line
        : "%s… (%d characters, hash %x)"
            .formatted(line.substring(0, 40), line.length(), line.hashCode());
  }
}
