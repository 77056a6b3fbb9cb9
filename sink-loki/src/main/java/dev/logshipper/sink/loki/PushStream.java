package dev.logshipper.sink.loki;

import dev.logshipper.sink.LogRecord;
import java.util.List;

/// Lines with the same labels, in a push. Immutable as long as nobody changes the list, which
/// belongs to one send.
record PushStream(Labels labels, List<Entry> entries) {

  /// One line.
  ///
  /// @param nanos since 1970
  record Entry(LogRecord line, long nanos) {}
}
