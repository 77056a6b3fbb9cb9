package dev.logshipper.sink.loki;

import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import okhttp3.Headers;

/// One of the forms in which Loki takes a push. Not thread-safe.
sealed interface PushFormat permits ProtobufPush, JsonPush {
  /// Name under which the request id is stored with a line.
  String REQUEST_ID = "request_id";

  /// Memory that stays allocated between two pushes.
  int KEPT_BYTES_MAX = 512 * 1024;

  /// What goes under [#REQUEST_ID]; empty for nothing.
  ///
  /// @param metadata whether lines carry structured metadata
  static String requestId(LogRecord line, boolean metadata) {
    return metadata ? line.requestId().orElse("") : "";
  }

  /// Adds the headers that say what the body is.
  void describe(Headers.Builder headers);

  /// Writes a body.
  ///
  /// @param metadata whether lines carry structured metadata
  void write(List<PushStream> streams, boolean metadata, OutputStream body) throws IOException;
}
