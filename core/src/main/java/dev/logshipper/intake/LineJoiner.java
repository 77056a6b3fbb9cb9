package dev.logshipper.intake;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.RecordTypes;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Joins the lines of one stack trace or one printed object, which the platform delivers as a
/// record each, into one record: within one delivery and one invocation, directly after each other,
/// in bounds. Never waits for a further line. The joined record has the time of its first line.
///
/// Not joined: JSON, records of other types, and records of several lines, which their logger has
/// delivered as a whole. Not thread-safe.
final class LineJoiner {
  /// More than the longest stack traces; a recursion without end has 1,024 frames in Java.
  static final int LINES_MAX = 1_500;

  /// Below the limit of a line in Loki and CloudWatch.
  static final int BYTES_MAX = 128 * 1024;

  private static final byte[] NONE = {};

  private final Consumer<LogRecord> receiver;
  private final LineContinuation continuation = new LineContinuation();
  private @Nullable LogRecord first;
  private byte[] text = NONE;
  private int length;
  private int lines;

  /// Whether the text ends with a line end of its last line; the platform may strip them.
  private boolean ended;

  /// @param receiver of all records, in order
  LineJoiner(Consumer<LogRecord> receiver) {
    this.receiver = receiver;
  }

  void add(LogRecord record) {
    boolean isRaw = !record.isJson() && record.type().equals(RecordTypes.FUNCTION);
    byte[] line = isRaw ? bytes(record) : NONE;
    if (!isRaw || hasSeveralLines(line)) {
      flush();
      receiver.accept(record);
      return;
    }
    LogRecord start = first;
    if (start != null && isNext(start, record, line) && continuation.accept(line, start, record)) {
      append(line);
      return;
    }
    flush();
    first = record;
    lines = 1;
    continuation.start(line);
  }

  /// Passes on the record that might have been continued.
  void flush() {
    LogRecord start = first;
    if (start != null) {
      receiver.accept(lines == 1 ? start : start.withText(Arrays.copyOf(text, length)));
    }
    first = null;
    text = NONE;
    length = 0;
  }

  private static boolean hasSeveralLines(byte[] line) {
    for (int at = 0; at < line.length - 1; at++) {
      if (line[at] == '\n') {
        return true;
      }
    }
    return false;
  }

  private boolean isNext(LogRecord start, LogRecord record, byte[] line) {
    int joined = lines == 1 ? start.sizeBytes() : length;
    return lines < LINES_MAX
        && joined + line.length < BYTES_MAX
        && start.requestId().equals(record.requestId());
  }

  private void append(byte[] line) {
    if (lines == 1 && first != null) {
      text = bytes(first);
      length = text.length;
      ended = endsLine(text);
    }
    int needed = length + 1 + line.length;
    if (needed > text.length) {
      text = Arrays.copyOf(text, Math.max(needed, 2 * text.length));
    }
    if (!ended) {
      text[length++] = '\n';
    }
    ended = endsLine(line);
    System.arraycopy(line, 0, text, length, line.length);
    length += line.length;
    lines++;
  }

  private static boolean endsLine(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\n';
  }

  private static byte[] bytes(LogRecord record) {
    byte[] bytes = new byte[record.sizeBytes()];
    record.content().get(bytes);
    return bytes;
  }
}
