package dev.logshipper.sandbox.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The lines that a function printed, compared with the records at a destination, whatever their
/// form: a line arrived if a record is it, or has it as a string or an object at any depth, or
/// contains its text.
///
/// @param printed number of lines, without blank ones
/// @param missing lines that did not arrive, each as often as it is missing
/// @param repeated number of lines that arrived more often than they were printed
public record LineComparison(int printed, List<String> missing, int repeated) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DEPTH_MAX = 8;

  public LineComparison {
    missing = List.copyOf(missing);
  }

  /// Compares.
  public static LineComparison of(List<String> printed, List<String> records) {
    Map<String, Integer> expected = new HashMap<>();
    List<String> lines = printed.stream().filter(line -> !line.isBlank()).toList();
    lines.forEach(line -> expected.merge(form(line), 1, Integer::sum));
    Map<String, Integer> arrived = new HashMap<>();
    for (String each : records) {
      Set<String> forms = new HashSet<>();
      collect(each, forms, 0);
      forms.forEach(form -> arrived.merge(form, 1, Integer::sum));
    }
    List<String> missing = new ArrayList<>();
    int repeated = 0;
    for (Map.Entry<String, Integer> line : expected.entrySet()) {
      int times = arrived.getOrDefault(line.getKey(), 0);
      if (times == 0) {
        times = containing(line.getKey(), records);
      }
      repeated += Math.max(0, times - line.getValue());
      for (int i = times; i < line.getValue(); i++) {
        missing.add(line.getKey());
      }
    }
    return new LineComparison(lines.size(), missing, repeated);
  }

  /// The number of lines that arrived.
  public int arrived() {
    return printed - missing.size();
  }

  private static int containing(String form, List<String> records) {
    String quoted = JSON.getNodeFactory().textNode(form).toString();
    String escaped = quoted.substring(1, quoted.length() - 1);
    return (int)
        records.stream().filter(each -> each.contains(form) || each.contains(escaped)).count();
  }

  /// An object without regard to its white space; any other line as it is, without regard to the
  /// kind of its line ends.
  private static String form(String line) {
    JsonNode object = object(line);
    return object == null ? text(line) : object.toString();
  }

  private static String text(String line) {
    return line.replace("\r\n", "\n").replace('\r', '\n').strip();
  }

  private static @Nullable JsonNode object(String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{")) {
      return null;
    }
    try {
      JsonNode node = JSON.readTree(start);
      return node.isObject() ? node : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static void collect(String text, Set<String> forms, int depth) {
    JsonNode object = depth < DEPTH_MAX ? object(text) : null;
    if (object == null) {
      forms.add(text(text));
    } else {
      collect(object, forms, depth + 1);
    }
  }

  private static void collect(JsonNode node, Set<String> forms, int depth) {
    if (node.isTextual()) {
      collect(node.asText(), forms, depth);
    } else if (node.isContainerNode()) {
      if (node.isObject()) {
        forms.add(node.toString());
      }
      node.forEach(child -> collect(child, forms, depth + 1));
    }
  }
}
