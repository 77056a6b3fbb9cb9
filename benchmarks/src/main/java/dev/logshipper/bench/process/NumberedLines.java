package dev.logshipper.bench.process;

import dev.logshipper.sandbox.environment.function.Invocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Writes a function's lines, each with its own number, and finds the numbers in stored data,
/// regardless of how the destination wraps lines. Thread-safe.
public final class NumberedLines {
  private static final Pattern NUMBER = Pattern.compile("seq=(\\d+);");
  private static final String TEXT =
      " GET /orders/4711 200 in 12 ms, 3 rows, cache miss, user 0815, region eu-west-1, version 42";

  private final List<Long> writtenNanos = new ArrayList<>();

  /// Logs lines.
  ///
  /// @param bytes length of each, at least that of its number
  public void write(Invocation invocation, int count, int bytes) {
    for (int i = 0; i < count; i++) {
      invocation.log(next(bytes));
    }
  }

  /// The next line, which counts as written now. The first has the number 0.
  synchronized String next(int bytes) {
    int number = writtenNanos.size();
    writtenNanos.add(System.nanoTime());
    // An identifier in each line, as in real ones: text that compresses away would flatter all
    // candidates.
    String id = Long.toHexString(number * 0x9E3779B97F4A7C15L);
    StringBuilder line = new StringBuilder("INFO seq=" + number + "; " + id);
    while (line.length() < bytes) {
      line.append(TEXT);
    }
    line.setLength(Math.max(bytes, "INFO seq=;".length() + Integer.toString(number).length()));
    return line.toString();
  }

  public synchronized int written() {
    return writtenNanos.size();
  }

  /// [System#nanoTime()] at which a line was written.
  public synchronized long writtenNanos(int number) {
    return writtenNanos.get(number);
  }

  /// The number of distinct lines in stored data.
  public static int count(List<String> stored) {
    BitSet found = new BitSet();
    stored.forEach(line -> numbers(line).forEach(found::set));
    return found.cardinality();
  }

  /// The numbers in a text.
  public static IntStream numbers(String text) {
    Matcher matcher = NUMBER.matcher(text);
    IntStream.Builder numbers = IntStream.builder();
    while (matcher.find()) {
      numbers.add(Integer.parseInt(matcher.group(1)));
    }
    return numbers.build();
  }
}
