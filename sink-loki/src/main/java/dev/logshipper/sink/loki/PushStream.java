package dev.logshipper.sink.loki;

import dev.logshipper.sink.LogRecord;
import java.util.List;

/// The lines of a push that share labels. Immutable except for the list, which belongs to one send.
record PushStream(StreamLabels labels, List<Entry> entries) {

  /// One line.
  ///
  /// @param index of its record in the batch
  /// @param nanos since 1970
  /// @param requestId for the structured metadata; empty for none
  record Entry(LogRecord line, int index, long nanos, String requestId) {}
}
