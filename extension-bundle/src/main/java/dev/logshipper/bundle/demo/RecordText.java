package dev.logshipper.bundle.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A record as lines for people: an object with a member per line, and the line feeds of texts as
/// line feeds.
final class RecordText {
  private static final int LINES_MAX = 18;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RecordText() {}

  static List<String> lines(String record) {
    List<String> lines = new ArrayList<>();
    JsonNode object = object(record);
    if (object.isObject()) {
      add(lines, "", object);
    } else {
      record.lines().forEach(lines::add);
    }
    if (lines.size() > LINES_MAX) {
      int more = lines.size() - LINES_MAX;
      lines.subList(LINES_MAX, lines.size()).clear();
      lines.add("… and " + more + " lines more");
    }
    return lines;
  }

  private static void add(List<String> lines, String indentation, JsonNode object) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = indentation + member.getKey() + ": ";
      if (member.getValue().isObject() && !member.getValue().isEmpty()) {
        lines.add(name.stripTrailing());
        add(lines, indentation + "  ", member.getValue());
      } else {
        JsonNode value = member.getValue();
        List<String> text =
            (value.isTextual() ? value.asText() : value.toString()).lines().toList();
        lines.add(name + (text.isEmpty() ? "" : text.getFirst()));
        text.stream().skip(1).forEach(line -> lines.add(indentation + "  " + line));
      }
    }
  }

  private static JsonNode object(String record) {
    try {
      return JSON.readTree(record);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
