package dev.logshipper.sink.loki;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.BodyBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Splits lines longer than Loki's limit, without losing or adding a byte. Stateless.
final class LineSplitter {
  /// Loki's default. Source: `limits_config.max_line_size`, 256 KB; a line of one byte more is
  /// rejected.
  static final int LINE_BYTES_MAX = 262_144;

  private LineSplitter() {}

  /// The record, or its parts.
  ///
  /// @param bytesMax of a part; room for a few characters at least
  static List<LogRecord> split(LogRecord record, int bytesMax) throws IOException {
    if (record.sizeBytes() <= bytesMax) {
      return List.of(record);
    }
    BodyBuffer line = new BodyBuffer(0);
    record.writeTo(line);
    List<LogRecord> parts = new ArrayList<>();
    int from = 0;
    while (from < line.size()) {
      int to = end(line, from, bytesMax);
      byte[] part = Arrays.copyOfRange(line.array(), from, to);
      parts.add(record.withText(part));
      from = to;
    }
    return parts;
  }

  private static int end(BodyBuffer line, int from, int bytesMax) {
    return line.size() - from <= bytesMax ? line.size() : line.characterBoundary(from + bytesMax);
  }
}
