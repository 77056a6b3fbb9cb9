package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;

/// Creates log records for tests.
public final class Records {
  private static final String TIME = "2026-11-21T10:15:30.123Z";

  private Records() {}

  /// Returns a line that the function wrote.
  public static LogRecord line(String text) {
    return LogRecord.text(TIME, "function", null, text.getBytes(UTF_8));
  }

  /// Returns a line for each text.
  public static List<LogRecord> lines(String... texts) {
    List<LogRecord> records = new ArrayList<>();
    for (String text : texts) {
      records.add(line(text));
    }
    return records;
  }

  /// Returns a line of a given length.
  public static LogRecord ofBytes(int bytes) {
    return line("x".repeat(bytes));
  }

  /// Returns the text of each record.
  public static List<String> texts(List<LogRecord> records) {
    return records.stream().map(LogRecord::text).toList();
  }
}
