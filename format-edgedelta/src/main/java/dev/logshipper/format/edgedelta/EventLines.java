package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.JsonText.ascii;
import static dev.logshipper.format.edgedelta.JsonText.member;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.Supplier;

/// The forms with the time as a number, for destinations that read no other: a flat object with
/// milliseconds, or an event of Splunk's HTTP Event Collector with seconds. A time that is
/// unreadable is omitted, so that the destination uses its own.
final class EventLines extends NdjsonEncoder {
  private static final byte[] TIMESTAMP = ascii("\"timestamp\":");
  private static final byte[] TIME = ascii("\"time\":");
  private static final byte[] EVENT = ascii("\"event\":{");
  private static final byte[] MESSAGE = ascii("\"message\":");
  private static final byte[] LOG_TYPE = ascii(",\"log_type\":");
  private static final byte[] LEVEL = ascii(",\"level\":");
  private static final byte[] ERROR = ascii(",\"error\":");
  private static final byte[] FUNCTION = ascii(",\"function\":");
  private static final byte[] REQUEST_ID = ascii(",\"request_id\":");
  private static final byte[] TENANT_ID = ascii(",\"tenant_id\":");
  private static final int MILLIS_PER_SECOND = 1_000;
  private static final int OVERHEAD_BYTES = 130;
  private static final Set<String> RESERVED =
      Set.of("timestamp", "message", "log_type", "function", "request_id", "tenant_id");

  private final Supplier<FunctionIdentity> function;
  private final boolean splunk;

  EventLines(Supplier<FunctionIdentity> function, boolean splunk, boolean unwraps) {
    super(unwraps);
    this.function = function;
    this.splunk = splunk;
  }

  @Override
  public int lineOverheadBytes() {
    return OVERHEAD_BYTES;
  }

  @Override
  public void begin(Batch batch, Deadline deadline) {
    // The name of the function is known from the beginning.
  }

  @Override
  public void write(LogRecord record, OutputStream out) throws IOException {
    out.write('{');
    if (record.epochMillis() > 0) {
      writeTime(record.epochMillis(), out);
      out.write(',');
    }
    if (splunk) {
      out.write(EVENT);
    }
    out.write(MESSAGE);
    LogRecord line = line(record);
    if (splunk) {
      line.writeJsonTo(out);
    } else {
      line.writeJsonStringTo(out);
    }
    member(out, LOG_TYPE, record.type());
    if (line.level().isPresent()) {
      member(out, LEVEL, line.level().get());
    }
    member(out, FUNCTION, function.get().name());
    if (record.requestId().isPresent()) {
      member(out, REQUEST_ID, record.requestId().get());
    }
    if (record.tenantId().isPresent()) {
      member(out, TENANT_ID, record.tenantId().get());
    }
    Set<String> reserved = RESERVED;
    PlatformEvent report =
        record.type().equals(PlatformTypes.REPORT) ? PlatformEvent.read(record) : null;
    if (report != null && InvocationFailure.isIn(report)) {
      InvocationFailure.write(report, ERROR, out);
      reserved = InvocationFailure.reserved(RESERVED, "error");
    }
    JsonText.fields(out, record, reserved, line.level().isPresent());
    if (splunk) {
      out.write('}');
    }
    out.write(JsonText.END_OF_LINE);
  }

  private void writeTime(long epochMillis, OutputStream out) throws IOException {
    if (!splunk) {
      out.write(TIMESTAMP);
      out.write(ascii(Long.toString(epochMillis)));
      return;
    }
    out.write(TIME);
    // Three digits after the point.
    String millis = Long.toString(MILLIS_PER_SECOND + epochMillis % MILLIS_PER_SECOND);
    out.write(ascii(epochMillis / MILLIS_PER_SECOND + "." + millis.substring(1)));
  }
}
