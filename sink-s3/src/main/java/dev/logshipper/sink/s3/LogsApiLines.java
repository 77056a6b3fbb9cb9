package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.json.JsonWriter;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.io.OutputStream;

/// Records as the Logs API gives them, `{"time":…,"type":…,"record":…}`, one a line. Stateless.
final class LogsApiLines {
  /// What a line has besides the record's content, at least.
  static final int OVERHEAD_BYTES = 70;

  private static final byte[] TIME = "{\"time\":".getBytes(UTF_8);
  private static final byte[] TYPE = ",\"type\":".getBytes(UTF_8);
  private static final byte[] RECORD = ",\"record\":".getBytes(UTF_8);
  private static final byte[] END = "}\n".getBytes(UTF_8);

  private LogsApiLines() {}

  static void write(Batch batch, OutputStream out) throws IOException {
    for (LogRecord record : batch.records()) {
      out.write(TIME);
      JsonWriter.writeString(out, record.time());
      out.write(TYPE);
      JsonWriter.writeString(out, record.type());
      out.write(RECORD);
      record.writeJsonTo(out);
      out.write(END);
    }
  }
}
