package dev.logshipper.sink.loki;

import dev.logshipper.sink.LogRecord;
import java.util.List;

/// The lines of a push that share labels. Immutable except for the list, which belongs to one send.
record PushStream(StreamLabels labels, List<Entry> entries) {

  /// One line.
  ///
  /// @param index of its record in the batch
  /// @param nanos since 1970
  record Entry(LogRecord line, int index, long nanos, Metadata metadata) {}

  /// The structured metadata of a line; an empty text is absent.
  record Metadata(String requestId, String tenantId) {
    static final Metadata NONE = new Metadata("", "");

    static Metadata of(LogRecord record) {
      return new Metadata(record.requestId().orElse(""), record.tenantId().orElse(""));
    }
  }
}
