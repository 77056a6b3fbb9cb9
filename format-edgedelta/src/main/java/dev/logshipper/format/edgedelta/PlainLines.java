package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.JsonText.ascii;
import static dev.logshipper.format.edgedelta.JsonText.member;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/// The short form, as the Edge Delta extension's README shows it.
final class PlainLines extends NdjsonEncoder {
  private static final byte[] TIMESTAMP = ascii("{\"timestamp\":");
  private static final byte[] MESSAGE = ascii(",\"message\":");
  private static final byte[] LOG_TYPE = ascii(",\"log_type\":");
  private static final byte[] REQUEST_ID = ascii(",\"request_id\":");
  private static final byte[] DURATION = ascii(",\"duration_ms\":");
  private static final byte[] BILLED_DURATION = ascii(",\"billed_duration_ms\":");
  private static final byte[] MAX_MEMORY_USED = ascii(",\"max_memory_used\":");
  private static final byte[] MEMORY_SIZE = ascii(",\"memory_size\":");
  private static final byte[] LEVEL = ascii(",\"level\":");
  private static final int OVERHEAD_BYTES = 75;
  private static final Set<String> RESERVED =
      Set.of(
          "timestamp",
          "message",
          "log_type",
          "request_id",
          "duration_ms",
          "billed_duration_ms",
          "max_memory_used",
          "memory_size");

  PlainLines(boolean unwraps) {
    super(unwraps);
  }

  @Override
  public int lineOverheadBytes() {
    return OVERHEAD_BYTES;
  }

  @Override
  public void begin(Batch batch, Deadline deadline) {
    // Each line stands for itself.
  }

  @Override
  public void write(LogRecord record, OutputStream out) throws IOException {
    PlatformEvent report =
        record.type().equals(PlatformTypes.REPORT) ? PlatformEvent.read(record) : null;
    member(out, TIMESTAMP, record.time());
    if (report == null || report.metrics().areEmpty()) {
      LogRecord line = line(record);
      out.write(MESSAGE);
      line.writeJsonStringTo(out);
      member(out, LOG_TYPE, record.type());
      if (line.level().isPresent()) {
        member(out, LEVEL, line.level().get());
      }
      JsonText.fields(out, record, RESERVED, line.level().isPresent());
    } else {
      member(out, REQUEST_ID, report.requestId());
      member(out, LOG_TYPE, record.type());
      writeMetrics(report.metrics(), out);
      Set<String> reserved = RESERVED;
      if (InvocationFailure.isIn(report)) {
        InvocationFailure.write(report, MESSAGE, out);
        reserved = InvocationFailure.reserved(RESERVED, "message");
      }
      JsonText.fields(out, record, reserved, false);
    }
    out.write(JsonText.END_OF_LINE);
  }

  private static void writeMetrics(PlatformEvent.Metrics metrics, OutputStream out)
      throws IOException {
    member(out, DURATION, metrics.durationMillis());
    member(out, BILLED_DURATION, metrics.billedDurationMillis());
    member(out, MAX_MEMORY_USED, metrics.maxMemoryUsedMegabytes());
    member(out, MEMORY_SIZE, metrics.memorySizeMegabytes());
  }
}
