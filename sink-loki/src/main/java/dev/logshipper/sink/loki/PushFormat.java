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

  /// Memory that stays allocated between two pushes.
  int KEPT_BYTES_MAX = 512 * 1024;

  /// The value of [#REQUEST_ID]; empty for none.
  ///
  /// @param metadata whether lines carry structured metadata
  static String requestId(LogRecord line, boolean metadata) {
    return metadata ? line.requestId().orElse("") : "";
  }

  /// Adds the headers that describe the body.
  void describe(Headers.Builder headers);

  /// Writes a body.
  ///
  /// @param metadata whether lines carry structured metadata
  void write(List<PushStream> streams, boolean metadata, OutputStream body) throws IOException;
}
