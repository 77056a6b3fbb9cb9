package dev.logshipper.pipeline;

import dev.logshipper.sink.LogRecord;

/// Decides which records a lane ships. Called by one thread at a time: without the buffer's lock,
/// or with it for records that another lane of the chain hands over.
public interface RecordFilter {
  /// Why the records that do not pass are not shipped.
  FilterReason reason();

  /// Whether the lane ships a record.
  boolean passes(LogRecord record);
}
