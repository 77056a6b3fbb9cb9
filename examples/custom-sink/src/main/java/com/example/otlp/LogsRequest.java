package com.example.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.support.text.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/// Encodes a batch as an `ExportLogsServiceRequest` in the JSON encoding of OTLP. Attribute names
/// follow OpenTelemetry's semantic conventions.
///
/// @param serviceName overrides the function's name unless empty
record LogsRequest(String serviceName) {
  /// At least, for a record with request id and level.
  static final int RECORD_OVERHEAD_BYTES = 200;

  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

  byte[] of(Batch batch, FunctionIdentity function) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, "{\"resourceLogs\":[{\"resource\":{\"attributes\":[");
    attribute(out, "service.name", serviceName.isEmpty() ? function.name() : serviceName);
    next(out, "cloud.provider", "aws");
    next(out, "cloud.platform", "aws_lambda");
    next(out, "cloud.region", function.region());
    next(out, "faas.name", function.name());
    next(out, "faas.version", function.version());
    // These two may be unknown at first.
    if (function.accountId() != null) {
      next(out, "cloud.account.id", function.accountId());
    }
    if (function.arn() != null) {
      next(out, "cloud.resource_id", function.arn());
    }
    write(out, "]},\"scopeLogs\":[{\"scope\":{\"name\":\"log-shipper\"},\"logRecords\":[");
    int index = 0;
    for (LogRecord record : batch.records()) {
      write(out, index == 0 ? "{" : ",{");
      record(out, record.unwrapped(), batch.id() + "-" + index++);
    }
    write(out, "]}]}]}");
    return out.toByteArray();
  }

  /// @param id the same over all attempts, so that the destination can recognise duplicates (rule
  ///   S11)
  private static void record(OutputStream out, LogRecord record, String id) throws IOException {
    write(out, "\"timeUnixNano\":\"" + record.epochMillis() + "000000\",");
    level(record, out);
    write(out, "\"body\":{\"stringValue\":");
    record.writeJsonStringTo(out);
    write(out, "},\"attributes\":[");
    attribute(out, "log.record.uid", id);
    next(out, "type", record.type());
    if (record.requestId().isPresent()) {
      next(out, "faas.invocation_id", record.requestId().get());
    }
    write(out, "]}");
  }

  /// The level of a plain line that the platform wrapped, or that a JSON line contains, if it is a
  /// known one.
  private static void level(LogRecord record, OutputStream out) throws IOException {
    String text = record.isJson() ? textOfLevel(record) : record.level().orElse("");
    String level =
        switch (text.toUpperCase(Locale.ROOT)) {
          case "WARNING" -> "WARN";
          case "CRITICAL" -> "FATAL";
          default -> text.toUpperCase(Locale.ROOT);
        };
    int index = LEVELS.indexOf(level);
    if (index >= 0) {
      // Each level has four numbers; the first is the plain one.
      write(out, "\"severityNumber\":" + (1 + 4 * index) + ",\"severityText\":");
      JsonWriter.writeString(out, text);
      write(out, ",");
    }
  }

  private static String textOfLevel(LogRecord record) {
    byte[] content = new byte[record.sizeBytes()];
    record.content().get(content);
    JsonReader json = new JsonReader(content);
    try {
      return json.peek() == '{' && json.find("level".getBytes(UTF_8)) ? json.textOrEmpty() : "";
    } catch (JsonException _) {
      return "";
    }
  }

  private static void next(OutputStream out, String key, String value) throws IOException {
    write(out, ",");
    attribute(out, key, value);
  }

  private static void attribute(OutputStream out, String key, String value) throws IOException {
    write(out, "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":");
    JsonWriter.writeString(out, value);
    write(out, "}}");
  }

  private static void write(OutputStream out, String json) throws IOException {
    out.write(json.getBytes(UTF_8));
  }
}
