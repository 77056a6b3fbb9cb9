package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;

/// Generates records of every type with any content that a record may have.
public final class RandomRecords {
  private static final int TEXT_PIECES_MAX = 12;

  private RandomRecords() {}

  /// Returns at least one record.
  public static List<LogRecord> several(Choices choices) {
    List<LogRecord> records = new ArrayList<>();
    for (int more = choices.upTo(4); more >= 0; more--) {
      records.add(one(choices));
    }
    return records;
  }

  private static LogRecord one(Choices choices) {
    String time =
        choices.oneOf("2026-11-21T10:15:30.123Z", "2026-11-21T10:15:30Z", choices.text(6));
    String type =
        choices.oneOf(
            "function",
            "extension",
            "platform.start",
            "platform.runtimeDone",
            "platform.report",
            "platform.report",
            choices.text(4));
    String requestId = choices.flag() ? null : choices.text(6);
    return switch (choices.upTo(2)) {
      case 0 -> LogRecord.text(time, type, requestId, utf8(choices.text(TEXT_PIECES_MAX)));
      case 1 -> LogRecord.json(time, type, requestId, utf8(JsonTexts.value(choices)));
      default -> LogRecord.json(time, type, requestId, utf8(report(choices)));
    };
  }

  /// Returns a report of an invocation, also with numbers that the platform never sends.
  private static String report(Choices choices) {
    StringBuilder metrics = new StringBuilder();
    for (String name :
        List.of(
            "durationMs",
            "billedDurationMs",
            "initDurationMs",
            "memorySizeMB",
            "maxMemoryUsedMB")) {
      String value =
          choices.oneOf("", "0", "12.5", "128", "-1", "1.7e308", "-1.7e308", "1e400", "4.9e-324");
      if (!value.isEmpty()) {
        metrics.append(metrics.isEmpty() ? "" : ",").append('"').append(name).append("\":");
        metrics.append(value);
      }
    }
    String status = JsonTexts.string(choices.text(3), choices);
    return "{\"requestId\":\"id-1\",\"status\":" + status + ",\"metrics\":{" + metrics + "}}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
