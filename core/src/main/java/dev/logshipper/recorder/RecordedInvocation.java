package dev.logshipper.recorder;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Severity;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One invocation whose lines are recorded.
final class RecordedInvocation {
  /// Memory of a record in addition to its content.
  private static final int OVERHEAD_BYTES = 112;

  enum Outcome {
    UNKNOWN,
    /// All its records are shipped.
    SHIPPED,
    /// It ended well; its lines are let go.
    LET_GO
  }

  Outcome outcome = Outcome.UNKNOWN;
  private final ArrayDeque<LogRecord> held = new ArrayDeque<>();
  private final Map<Severity, Long> lines = new EnumMap<>(Severity.class);
  private long linesWithoutLevel;
  private long bytes;
  private long overflowed;
  private InvocationEnd end = new InvocationEnd("", "", "");

  static long cost(LogRecord record) {
    return (long) record.sizeBytes() + OVERHEAD_BYTES;
  }

  /// Counts a line for the summary.
  void count(LogRecord record, Optional<Severity> severity) {
    bytes += record.sizeBytes();
    if (severity.isPresent()) {
      lines.merge(severity.get(), 1L, Long::sum);
    } else {
      linesWithoutLevel++;
    }
  }

  void hold(LogRecord record) {
    held.addLast(record);
  }

  int heldRecords() {
    return held.size();
  }

  /// Drops the oldest held record, for lack of room; there must be one.
  ///
  /// @return its cost
  long dropOldest() {
    overflowed++;
    return cost(held.removeFirst());
  }

  /// The number of records dropped since the last call.
  long takeOverflowed() {
    long records = overflowed;
    overflowed = 0;
    return records;
  }

  void ended(InvocationEnd reported) {
    end =
        new InvocationEnd(
            reported.isStated() ? reported.status() : end.status(),
            reported.durationMillis().isEmpty() ? end.durationMillis() : reported.durationMillis(),
            reported.billedMillis().isEmpty() ? end.billedMillis() : reported.billedMillis());
  }

  /// Removes all held records.
  ///
  /// @return their cost
  long release(Consumer<LogRecord> receiver) {
    long cost = 0;
    while (!held.isEmpty()) {
      LogRecord record = held.removeFirst();
      cost += cost(record);
      receiver.accept(record);
    }
    return cost;
  }

  /// A JSON object: status, lines by level, their bytes, durations.
  String summary() {
    StringBuilder json = new StringBuilder("{\"status\":\"").append(end.status());
    json.append("\",\"lines\":{");
    String separator = "";
    for (Map.Entry<Severity, Long> level : lines.entrySet()) {
      json.append(separator).append('"').append(level.getKey().name()).append("\":");
      json.append(level.getValue());
      separator = ",";
    }
    if (linesWithoutLevel > 0) {
      json.append(separator).append("\"none\":").append(linesWithoutLevel);
    }
    json.append("},\"bytes\":").append(bytes);
    append(json, "durationMs", end.durationMillis());
    append(json, "billedDurationMs", end.billedMillis());
    return json.append('}').toString();
  }

  private static void append(StringBuilder json, String name, String number) {
    if (!number.isEmpty()) {
      json.append(",\"").append(name).append("\":").append(number);
    }
  }
}
