package dev.logshipper.sink.loki;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.BodyBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lines longer than Loki takes become several, without a byte lost or added. Stateless.
final class LongLines {
  /// Source: Loki's `limits_config.max_line_size`, 256 KB; one byte more is refused.
  static final int LINE_BYTES_MAX = 262_144;

  /// A character is not cut in two, so a part may be shorter by its length less one.
  private static final int PART_BYTES_MIN = LINE_BYTES_MAX - 3;

  private LongLines() {}

  /// How many parts a record can become, at most.
  static int partsMax(LogRecord record) {
    return record.sizeBytes() <= LINE_BYTES_MAX ? 1 : record.sizeBytes() / PART_BYTES_MIN + 1;
  }

  /// The record, or its parts.
  static List<LogRecord> split(LogRecord record) throws IOException {
    if (record.sizeBytes() <= LINE_BYTES_MAX) {
      return List.of(record);
    }
    BodyBuffer line = new BodyBuffer(0);
    record.writeTo(line);
    List<LogRecord> parts = new ArrayList<>();
    int from = 0;
    while (from < line.size()) {
      int to = end(line, from);
      byte[] part = Arrays.copyOfRange(line.array(), from, to);
      parts.add(
          LogRecord.text(record.time(), record.type(), record.requestId().orElse(null), part));
      from = to;
    }
    return parts;
  }

  private static int end(BodyBuffer line, int from) {
    return line.size() - from <= LINE_BYTES_MAX
        ? line.size()
        : line.characterBoundary(from + LINE_BYTES_MAX);
  }
}
