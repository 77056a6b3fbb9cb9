package dev.logshipper.sandbox.cli;

import dev.logshipper.sandbox.page.FunctionLine;
import java.util.ArrayList;
import java.util.List;

/// The lines that the function has printed. Safe for use by several threads.
final class FunctionOutput {
  private final List<FunctionLine> lines = new ArrayList<>();
  private int taken;

  synchronized void add(String text) {
    lines.add(new FunctionLine(System.nanoTime(), text));
  }

  synchronized List<FunctionLine> all() {
    return List.copyOf(lines);
  }

  /// The lines since the last call.
  synchronized List<String> take() {
    List<String> fresh =
        lines.subList(taken, lines.size()).stream().map(FunctionLine::text).toList();
    taken = lines.size();
    return fresh;
  }
}
