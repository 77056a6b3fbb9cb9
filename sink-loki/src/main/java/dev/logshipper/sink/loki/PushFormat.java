package dev.logshipper.sink.loki;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import okhttp3.Headers;

/// An encoding of pushes. Not thread-safe.
sealed interface PushFormat permits ProtobufPushFormat, JsonPushFormat {
  /// Name of the structured metadata that holds the request id.
  String REQUEST_ID = "request_id";

  /// Memory that stays allocated between two pushes.
  int KEPT_BYTES_MAX = 512 * 1024;

  /// Adds the headers that describe the body.
  void describe(Headers.Builder headers);

  /// Writes a body.
  void write(List<PushStream> streams, OutputStream body) throws IOException;
}
