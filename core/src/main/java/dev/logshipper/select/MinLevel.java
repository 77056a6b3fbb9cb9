package dev.logshipper.select;

import dev.logshipper.pipeline.FilterReason;
import dev.logshipper.pipeline.RecordFilter;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Severity;

/// Passes records of a level and above, and all that state no level.
///
/// @param level the lowest that passes
public record MinLevel(Severity level) implements RecordFilter {

  @Override
  public FilterReason reason() {
    return FilterReason.LEVEL;
  }

  @Override
  public boolean passes(LogRecord record) {
    return record.severity().map(stated -> stated.compareTo(level) >= 0).orElse(true);
  }
}
