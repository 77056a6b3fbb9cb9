package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.environment.function.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes numbered lines and finds their numbers in delivered lines. Thread-safe.
public final class LineWriter {
  private static final Pattern NUMBER = Pattern.compile("seq=(\\d+);");

  private final AtomicInteger last = new AtomicInteger();

  /// Lets a function log some lines.
  ///
  /// @param bytes length of each in UTF-8; short ones are as long as their number needs
  public void write(Invocation invocation, int lines, int bytes) {
    for (int i = 0; i < lines; i++) {
      invocation.log(next(bytes));
    }
  }

  /// The next line, for a test that writes it itself.
  String next(int bytes) {
    String line = "seq=" + last.incrementAndGet() + "; ü \"quoted\" ";
    return line + "x".repeat(Math.max(0, bytes - line.getBytes(UTF_8).length));
  }

  /// The number of lines written so far.
  public int written() {
    return last.get();
  }

  /// The numbers of the lines among some that arrived.
  public static List<Integer> numbers(List<String> lines) {
    List<Integer> numbers = new ArrayList<>();
    for (String line : lines) {
      Matcher number = NUMBER.matcher(line);
      if (number.find()) {
        numbers.add(Integer.valueOf(number.group(1)));
      }
    }
    return numbers;
  }
}
