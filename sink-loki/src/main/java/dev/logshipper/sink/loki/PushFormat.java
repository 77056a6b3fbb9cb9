package dev.logshipper.sink.loki;

import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import okhttp3.Headers;

/// An encoding of pushes. Not thread-safe.
sealed interface PushFormat permits ProtobufPushFormat, JsonPushFormat {
  /// Name of the structured metadata that holds the request id.
  String REQUEST_ID = "request_id";

  /// Name of the structured metadata that holds the tenant.
  String TENANT_ID = "tenant_id";

  /// Lengths and name of a tenant.
  int TENANT_OVERHEAD_BYTES = 20;

  /// Time, two lengths, and a request id with its name.
  int LINE_OVERHEAD_BYTES = 76;

  /// Memory that stays allocated between two pushes.
  int KEPT_BYTES_MAX = 512 * 1024;

  /// Sets the headers that describe the body.
  void describe(Headers.Builder headers);

  /// Bytes of a record in a body: its lines, with what the format adds to them.
  int bytesOf(LogRecord record) throws IOException;

  /// Bytes of the tenant in a body. Its characters are ASCII that JSON does not escape.
  static int tenantBytes(LogRecord record) {
    return record.tenantId().isPresent()
        ? record.tenantId().get().length() + TENANT_OVERHEAD_BYTES
        : 0;
  }

  /// Writes a body.
  void write(List<PushStream> streams, OutputStream body) throws IOException;
}
