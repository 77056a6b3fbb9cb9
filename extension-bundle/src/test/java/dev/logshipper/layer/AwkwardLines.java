package dev.logshipper.layer;

import dev.logshipper.sandbox.environment.function.Invocation;
import dev.logshipper.sandbox.environment.function.ScriptedFunction;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A function whose lines destinations are known to merge, reorder, cut or reject: 50 lines of
/// about 200 bytes per invocation within a millisecond or two, equal ones among them, and one line
/// of 300 kB.
final class AwkwardLines implements ScriptedFunction {
  static final int LINES = 50;
  private static final int LONG_LINE_IN_INVOCATION = 3;
  private static final int EQUAL_LINES_FROM = 20;
  private static final int EQUAL_LINES_TO = 30;
  private static final String EQUAL = "the same line as the one before " + "=".repeat(168);

  private final List<String> written = new CopyOnWriteArrayList<>();
  private int invocations;

  @Override
  public void handle(Invocation invocation) {
    invocations++;
    for (int i = 0; i < LINES; i++) {
      String line = line(i);
      written.add(StoredRecord.shown(line));
      invocation.log(line);
    }
  }

  private String line(int number) {
    if (number >= EQUAL_LINES_FROM && number < EQUAL_LINES_TO) {
      return EQUAL;
    }
    String name = "invocation %d line %d ".formatted(invocations, number);
    // Of four bytes each, one of them where Loki ends a line.
    return name
        + (number == 0 && invocations == LONG_LINE_IN_INVOCATION
            ? "x" + "😀".repeat(75_000)
            : "ü \"quoted\" \\ 😀 " + "-".repeat(160));
  }

  /// All lines so far, in order, as [StoredRecord#shown] shows them.
  List<String> written() {
    return written;
  }
}
