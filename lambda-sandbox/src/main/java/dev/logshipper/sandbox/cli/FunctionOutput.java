package dev.logshipper.sandbox.cli;

import java.util.ArrayList;
import java.util.List;

/// The lines that the function has printed. Safe for use by several threads.
final class FunctionOutput {
  /// A line.
  ///
  /// @param nanos time of [System#nanoTime()] at which it was read
  record Line(long nanos, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private int taken;

  synchronized void add(String text) {
    lines.add(new Line(System.nanoTime(), text));
  }

  synchronized List<Line> all() {
    return List.copyOf(lines);
  }

  /// The lines since the last call.
  synchronized List<String> take() {
    List<String> fresh = lines.subList(taken, lines.size()).stream().map(Line::text).toList();
    taken = lines.size();
    return fresh;
  }
}
