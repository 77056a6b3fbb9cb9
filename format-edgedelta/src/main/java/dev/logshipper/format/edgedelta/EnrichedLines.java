package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.JsonText.ascii;
import static dev.logshipper.format.edgedelta.JsonText.member;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.text.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.Supplier;

/// The form that the Edge Delta extension's current source sends and its hosted endpoint accepts:
/// each line has its origin. Names with dots are plain keys there, not paths.
final class EnrichedLines extends NdjsonEncoder {
  private static final byte[] LOG_TYPE = ascii(",\"log_type\":");
  private static final byte[] LEVEL = ascii(",\"level\":");
  private static final byte[] STATUS = ascii(",\"status\":");
  private static final byte[] MESSAGE = ascii(",\"message\":");
  private static final int OVERHEAD_BYTES = 250;
  private static final Set<String> RESERVED =
      Set.of(
          "cloud",
          "faas",
          "timestamp",
          "log_type",
          "host.arch",
          "process.runtime.name",
          "status",
          "error_type",
          "message",
          "faas.billed_duration_ms",
          "faas.init_duration_ms",
          "faas.runtime_duration_ms",
          "faas.duration_ms",
          "faas.post_runtime_duration_ms",
          "faas.max_memory_used",
          "faas.memory_left",
          "faas.memory_percent");

  private final Supplier<FunctionIdentity> function;
  private final FunctionLookup lookup;
  private final InvocationTimes times = new InvocationTimes();
  private String batchId = "";
  private LinePrefix prefix;

  EnrichedLines(Supplier<FunctionIdentity> function, FunctionLookup lookup, boolean unwraps) {
    super(unwraps);
    this.function = function;
    this.lookup = lookup;
    this.prefix = new LinePrefix(function.get(), FunctionDetails.NONE);
  }

  @Override
  public int lineOverheadBytes() {
    return OVERHEAD_BYTES;
  }

  @Override
  public void begin(Batch batch, Deadline deadline) throws InterruptedException {
    FunctionDetails details = lookup.details(deadline);
    // Parts of the identity are learned late; a batch keeps the identity of its first encoding.
    if (!batch.id().equals(batchId)) {
      batchId = batch.id();
      prefix = new LinePrefix(function.get(), details);
      times.learn(batch.records());
    }
  }

  @Override
  public void write(LogRecord record, OutputStream out) throws IOException {
    PlatformEvent event =
        switch (record.type()) {
          case PlatformTypes.START, PlatformTypes.RUNTIME_DONE, PlatformTypes.REPORT ->
              PlatformEvent.read(record);
          default -> null;
        };
    if (event == null) {
      writeLine(line(record), out);
      return;
    }
    switch (record.type()) {
      case PlatformTypes.START -> writeStep(record, event, "START", out);
      case PlatformTypes.RUNTIME_DONE -> writeStep(record, event, "END", out);
      default -> writeReport(record, event, out);
    }
    JsonText.fields(out, record, RESERVED, false);
    out.write(JsonText.END_OF_LINE);
  }

  private void writeLine(LogRecord record, OutputStream out) throws IOException {
    out.write(prefix.line(record.requestId().orElse(""), record.tenantId().orElse("")));
    writeOrigin(record, out);
    if (record.level().isPresent()) {
      member(out, LEVEL, record.level().get());
    }
    out.write(MESSAGE);
    record.writeJsonStringTo(out);
    JsonText.fields(out, record, RESERVED, record.level().isPresent());
    out.write(JsonText.END_OF_LINE);
  }

  private void writeStep(LogRecord record, PlatformEvent event, String step, OutputStream out)
      throws IOException {
    out.write(prefix.step(event.requestId(), record.tenantId().orElse(""), step));
    writeOrigin(record, out);
    if (step.equals("END") && !event.status().isEmpty()) {
      member(out, STATUS, event.status());
    }
    InvocationFailure.writeErrorType(event, out);
    member(out, MESSAGE, step + " RequestID: " + event.requestId());
  }

  private void writeReport(LogRecord record, PlatformEvent event, OutputStream out)
      throws IOException {
    out.write(prefix.line(event.requestId(), record.tenantId().orElse("")));
    writeOrigin(record, out);
    if (event.metrics().areEmpty()) {
      out.write(MESSAGE);
      record.writeJsonStringTo(out);
      return;
    }
    if (InvocationFailure.isIn(event)) {
      InvocationFailure.write(event, MESSAGE, out);
    }
    ReportMetrics.write(event.metrics(), times.millisOf(event.requestId()), out);
  }

  /// Time, type and process, the same in all three forms.
  private void writeOrigin(LogRecord record, OutputStream out) throws IOException {
    JsonWriter.writeString(out, record.time());
    member(out, LOG_TYPE, record.type());
    out.write(prefix.process());
  }
}
