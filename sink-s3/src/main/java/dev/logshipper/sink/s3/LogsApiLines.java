package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.text.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Records in the format of the Logs API, `{"time":…,"type":…,"record":…}`, one per line.
/// Stateless.
final class LogsApiLines {
  /// The minimum that a line adds to the content of a record.
  static final int OVERHEAD_BYTES = 70;

  /// The longest escape of one byte in JSON: `\u0001`.
  private static final long ESCAPED_BYTES_MAX = 6;

  private static final byte[] TIME = "{\"time\":".getBytes(UTF_8);
  private static final byte[] TYPE = ",\"type\":".getBytes(UTF_8);
  private static final byte[] RECORD = ",\"record\":".getBytes(UTF_8);
  private static final byte[] END = "}\n".getBytes(UTF_8);

  private LogsApiLines() {}

  static void write(List<LogRecord> records, OutputStream out) throws IOException {
    for (LogRecord record : records) {
      write(record, out);
    }
  }

  /// Bytes of these records as lines.
  static long size(List<LogRecord> records) throws IOException {
    Counter counter = new Counter();
    write(records, counter);
    return counter.bytes;
  }

  /// Number of records from the first on whose lines stay within a limit; at least one.
  static int countWithin(List<LogRecord> records, long bytesMax) throws IOException {
    Counter counter = new Counter();
    int count = 0;
    for (LogRecord record : records) {
      write(record, counter);
      if (count > 0 && counter.bytes > bytesMax) {
        break;
      }
      count++;
    }
    return count;
  }

  /// Writes records from the first on while the body stays within the limit; the first one is
  /// always written.
  ///
  /// @return number of records written
  static int write(List<LogRecord> records, BodyBuffer body, int bytesMax) throws IOException {
    int written = 0;
    for (LogRecord record : records) {
      if (written > 0 && !fits(record, bytesMax - body.size())) {
        break;
      }
      write(record, body);
      written++;
    }
    return written;
  }

  private static void write(LogRecord record, OutputStream out) throws IOException {
    out.write(TIME);
    JsonWriter.writeString(out, record.time());
    out.write(TYPE);
    JsonWriter.writeString(out, record.type());
    out.write(RECORD);
    record.writeJsonTo(out);
    out.write(END);
  }

  /// Encodes and counts only if the size of the record does not decide.
  private static boolean fits(LogRecord record, int room) throws IOException {
    if ((record.sizeBytes() + OVERHEAD_BYTES) * ESCAPED_BYTES_MAX <= room) {
      return true;
    }
    Counter counter = new Counter();
    write(record, counter);
    return counter.bytes <= room;
  }

  /// Counts bytes and discards them.
  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] source, int from, int length) {
      bytes += length;
    }
  }
}
