package dev.logshipper.sandbox.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.logshipper.sandbox.environment.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The lines of the function as rows: time, invocation, text, and whether it arrived at the
/// destination.
///
/// @param missing lines that did not arrive, each as often as it is missing; null without a
///   destination
record PrintedLines(List<FunctionLine> lines, @Nullable List<String> missing) {
  static final int LINES_MAX = 5_000;
  private static final int TEXT_MAX = 4_000;

  PrintedLines {
    lines = List.copyOf(lines);
  }

  /// The first [#LINES_MAX] lines.
  ArrayNode rows(Timeline timeline, List<InvocationSpan> invocations) {
    List<Boolean> arrived = arrived();
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < Math.min(LINES_MAX, lines.size()); i++) {
      FunctionLine line = lines.get(i);
      double at = timeline.millis(line.nanos());
      ArrayNode row = rows.addArray().add(Math.round(at * 100) / 100.0).add(phase(at, invocations));
      row.add(line.text().substring(0, Math.min(TEXT_MAX, line.text().length())));
      if (missing != null) {
        row.add(arrived.get(i));
      }
    }
    return rows;
  }

  /// Of equal lines, the last ones count as missing.
  private List<Boolean> arrived() {
    Map<String, Integer> open = new HashMap<>();
    if (missing != null) {
      missing.forEach(line -> open.merge(line, 1, Integer::sum));
    }
    List<Boolean> arrived = new ArrayList<>();
    for (FunctionLine line : lines.reversed()) {
      arrived.add(open.merge(line.text(), -1, Integer::sum) < 0);
    }
    return arrived.reversed();
  }

  private static String phase(double at, List<InvocationSpan> invocations) {
    String during =
        invocations.stream()
            .filter(each -> each.contains(at))
            .map(each -> Integer.toString(each.number()))
            .collect(Collectors.joining(", "));
    if (!during.isEmpty()) {
      return during;
    }
    return invocations.stream()
        .filter(each -> each.end() < at)
        .reduce((_, later) -> later)
        .map(each -> "after " + each.number())
        .orElse("init");
  }
}
