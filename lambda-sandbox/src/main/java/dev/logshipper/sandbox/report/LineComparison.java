package dev.logshipper.sandbox.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lines that a function printed, compared with the records at a destination, whatever their
/// form: a line arrived if a record is it, or has it as a string or an object at any depth, or as
/// one line of such a string, or contains its text. The elements of an array are records of their
/// own, and the members of an object are views of the same record.
///
/// @param printed number of lines, without blank ones
/// @param missing lines that did not arrive, as printed, each as often as it is missing
/// @param repeated number of lines that arrived more often than they were printed
public record LineComparison(int printed, List<String> missing, int repeated) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Of JSON in a string in JSON.
  private static final int NESTING_MAX = 4;

  public LineComparison {
    missing = List.copyOf(missing);
  }

  /// Compares.
  public static LineComparison of(List<String> printed, List<String> records) {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (String line : printed) {
      if (!line.isBlank()) {
        expected.computeIfAbsent(form(line), form -> new ArrayList<>()).add(line);
      }
    }
    Map<String, Integer> arrived = new HashMap<>();
    for (String record : records) {
      add(arrived, forms(record, expected, 0));
    }
    List<String> missing = new ArrayList<>();
    int repeated = 0;
    for (Map.Entry<String, List<String>> line : expected.entrySet()) {
      int times = arrived.getOrDefault(line.getKey(), 0);
      if (times == 0) {
        times = containing(line.getKey(), records);
      }
      int wanted = line.getValue().size();
      repeated += Math.max(0, times - wanted);
      missing.addAll(line.getValue().subList(Math.min(times, wanted), wanted));
    }
    int lines = expected.values().stream().mapToInt(List::size).sum();
    return new LineComparison(lines, missing, repeated);
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

  /// The forms of a text, and how often each occurs in it.
  private static Map<String, Integer> forms(
      String text, Map<String, List<String>> expected, int nesting) {
    JsonNode object = nesting < NESTING_MAX ? object(text) : null;
    if (object != null) {
      return forms(object, expected, nesting + 1);
    }
    Map<String, Integer> forms = new HashMap<>();
    String whole = text(text);
    if (expected.containsKey(whole) || whole.indexOf('\n') < 0) {
      forms.put(whole, 1);
    } else {
      whole.lines().forEach(line -> forms.merge(form(line), 1, Integer::sum));
    }
    return forms;
  }

  private static Map<String, Integer> forms(
      JsonNode node, Map<String, List<String>> expected, int nesting) {
    if (node.isTextual()) {
      return forms(node.asText(), expected, nesting);
    }
    Map<String, Integer> forms = new HashMap<>();
    for (JsonNode child : node) {
      Map<String, Integer> inner = forms(child, expected, nesting);
      if (node.isArray()) {
        add(forms, inner);
      } else {
        inner.forEach((form, times) -> forms.merge(form, times, Math::max));
      }
    }
    if (node.isObject()) {
      forms.putIfAbsent(node.toString(), 1);
    }
    return forms;
  }

  private static void add(Map<String, Integer> sum, Map<String, Integer> forms) {
    forms.forEach((form, times) -> sum.merge(form, times, Integer::sum));
  }
}
