package dev.logshipper.sandbox.destination.loki;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Decodes
/// `{"streams":[{"stream":{"name":"value"},"values":[["nanos","line",{"name":"value"}]]}]}`.
final class JsonPush {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonPush() {}

  static Push decode(byte[] body) throws LokiError {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (IOException _) {
      throw malformed("not JSON");
    }
    List<Push.Stream> streams = new ArrayList<>();
    for (JsonNode stream : root.path("streams")) {
      streams.add(stream(stream));
    }
    return new Push(streams);
  }

  private static Push.Stream stream(JsonNode stream) throws LokiError {
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : stream.path("stream").properties()) {
      labels.put(label.getKey(), label.getValue().asText());
    }
    List<LokiEntry> entries = new ArrayList<>();
    for (JsonNode value : stream.path("values")) {
      entries.add(entry(value));
    }
    return new Push.Stream(LabelText.of(labels), entries);
  }

  /// Missing values are empty, and values after the third are ignored, as in Loki.
  private static LokiEntry entry(JsonNode value) throws LokiError {
    String time = value.path(0).asText("0");
    if (!value.isArray() || isOther(value, 0) || isOther(value, 1)) {
      throw malformed("timestamp and line must be strings");
    }
    return new LokiEntry(nanos(time), value.path(1).asText(""), metadata(value));
  }

  private static boolean isOther(JsonNode value, int index) {
    return value.has(index) && !value.get(index).isTextual();
  }

  private static long nanos(String digits) throws LokiError {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException _) {
      throw malformed("timestamp is not a number of nanoseconds");
    }
  }

  private static Map<String, String> metadata(JsonNode value) throws LokiError {
    Map<String, String> metadata = new HashMap<>();
    if (value.has(2) && !value.get(2).isObject()) {
      throw malformed("structured metadata must be an object");
    }
    for (Map.Entry<String, JsonNode> pair : value.path(2).properties()) {
      if (!pair.getValue().isTextual()) {
        throw malformed("structured metadata values must be strings");
      }
      metadata.put(pair.getKey(), pair.getValue().asText());
    }
    return metadata;
  }

  private static LokiError malformed(String detail) {
    return new LokiError(400, "loghttp.PushRequest.Streams: " + detail);
  }
}
