package dev.logshipper.bench;

import dev.logshipper.sandbox.environment.function.Invocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Writes a function's lines, each with a number of its own, and finds the numbers again in what a
/// destination holds, however that wraps a line. Safe for use by several threads.
final class NumberedLines {
  private static final Pattern NUMBER = Pattern.compile("seq=(\\d+);");
  private static final String TEXT =
      " GET /orders/4711 200 in 12 ms, 3 rows, cache miss, user 0815, region eu-west-1, version 42";

  private final List<Long> writtenNanos = new ArrayList<>();

  /// Lets a function log some lines.
  ///
  /// @param bytes length of each, at least that of its number
  void write(Invocation invocation, int count, int bytes) {
    for (int i = 0; i < count; i++) {
      invocation.log(next(bytes));
    }
  }

  /// The next line; the first has number 0. It counts as written now.
  synchronized String next(int bytes) {
    int number = writtenNanos.size();
    writtenNanos.add(System.nanoTime());
    // An identifier in each line, as in real ones: text that compresses away would flatter
    // everyone.
    String id = Long.toHexString(number * 0x9E3779B97F4A7C15L);
    StringBuilder line = new StringBuilder("INFO seq=" + number + "; " + id);
    while (line.length() < bytes) {
      line.append(TEXT);
    }
    line.setLength(Math.max(bytes, "INFO seq=;".length() + Integer.toString(number).length()));
    return line.toString();
  }

  synchronized int written() {
    return writtenNanos.size();
  }

  /// [System#nanoTime()] when the line of that number was written.
  synchronized long writtenNanos(int number) {
    return writtenNanos.get(number);
  }

  /// How many of those written are not among these.
  int lost(List<String> stored) {
    BitSet found = new BitSet();
    stored.forEach(line -> numbers(line).forEach(found::set));
    return written() - found.cardinality();
  }

  /// The numbers in a text.
  static IntStream numbers(String text) {
    Matcher matcher = NUMBER.matcher(text);
    IntStream.Builder numbers = IntStream.builder();
    while (matcher.find()) {
      numbers.add(Integer.parseInt(matcher.group(1)));
    }
    return numbers.build();
  }
}
