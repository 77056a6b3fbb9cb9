package dev.logshipper.sink.loki;

import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;

/// An encoding of pushes. Not thread-safe.
sealed interface PushFormat permits ProtobufPushFormat, JsonPushFormat {
  /// Name of the structured metadata that holds the request id.
  String REQUEST_ID = "request_id";

  /// Name of the structured metadata that holds the tenant.
  String TENANT_ID = "tenant_id";

  /// Lengths and name of a tenant.
  int TENANT_OVERHEAD_BYTES = 20;

  /// Lengths of a field, or its quotes.
  int FIELD_OVERHEAD_BYTES = 10;

  /// Time, two lengths, and a request id with its name.
  int LINE_OVERHEAD_BYTES = 76;

  /// Memory that stays allocated between two pushes.
  int KEPT_BYTES_MAX = 512 * 1024;

  /// Sets the headers that describe the body.
  void describe(Headers.Builder headers);

  /// Bytes of a record in a body: its lines, with what the format adds to them.
  int bytesOf(LogRecord record) throws IOException;

  /// Bytes of the tenant and of fields in a body. A tenant's characters are ASCII that JSON does
  /// not escape; fields count double, as they may be others.
  static int metadataBytes(LogRecord record) {
    int bytes =
        record.tenantId().isPresent()
            ? record.tenantId().get().length() + TENANT_OVERHEAD_BYTES
            : 0;
    for (Map.Entry<String, String> field : record.fields().entrySet()) {
      bytes += field.getKey().length() + 2 * field.getValue().length() + FIELD_OVERHEAD_BYTES;
    }
    return bytes;
  }

  /// Writes a body.
  void write(List<PushStream> streams, OutputStream body) throws IOException;
}
