package dev.logshipper.sink.loki;

import dev.logshipper.sink.LogRecord;
import java.util.List;
import java.util.Map;

/// The lines of a push that share labels. Immutable except for the list, which belongs to one send.
record PushStream(StreamLabels labels, List<Entry> entries) {

  /// One line.
  ///
  /// @param index of its record in the batch
  /// @param nanos since 1970
  record Entry(LogRecord line, int index, long nanos, Metadata metadata) {}

  /// The structured metadata of a line; an empty text is absent.
  ///
  /// @param fields names as Loki accepts them, other than those of the first two
  record Metadata(String requestId, String tenantId, Map<String, String> fields) {
    static final Metadata NONE = new Metadata("", "", Map.of());

    static Metadata of(LogRecord record, Map<String, String> fields) {
      return new Metadata(record.requestId().orElse(""), record.tenantId().orElse(""), fields);
    }
  }
}
