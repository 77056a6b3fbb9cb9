package dev.logshipper.bundle.demo;

import dev.logshipper.sandbox.environment.InvocationOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares the numbers of the lines that the function wrote with those that arrived.
final class LineCheck {
  /// In text format as `seq=17`, in JSON format, escaped inside the message, as `\"seq\":\"17\"`.
  private static final Pattern NUMBER = Pattern.compile("seq(?:=|\\W+)(\\d+)");

  private static final Pattern LAST = Pattern.compile("\"lastSeq\":(\\d+)");

  private final long written;
  private final List<Long> arrived = new ArrayList<>();

  LineCheck(List<String> records, List<InvocationOutcome> outcomes) {
    this.written = written(outcomes);
    for (String record : records) {
      Matcher number = NUMBER.matcher(record);
      if (number.find()) {
        arrived.add(Long.valueOf(number.group(1)));
      }
    }
  }

  /// Whether a record is a numbered line of the function.
  static boolean isNumbered(String record) {
    return NUMBER.matcher(record).find();
  }

  private static long written(List<InvocationOutcome> outcomes) {
    long last = 0;
    for (InvocationOutcome outcome : outcomes) {
      Matcher number = LAST.matcher(outcome.response());
      if (number.find()) {
        last = Long.parseLong(number.group(1));
      }
    }
    return last;
  }

  long written() {
    return written;
  }

  long arrived() {
    return arrived.size();
  }

  /// Whether each line arrived, once, in order.
  boolean isComplete() {
    if (written == 0 || arrived.size() != written) {
      return false;
    }
    for (int i = 0; i < arrived.size(); i++) {
      if (arrived.get(i) != i + 1) {
        return false;
      }
    }
    return true;
  }
}
