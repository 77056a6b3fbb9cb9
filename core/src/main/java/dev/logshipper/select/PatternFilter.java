package dev.logshipper.select;

import dev.logshipper.pipeline.FilterReason;
import dev.logshipper.pipeline.RecordFilter;
import dev.logshipper.sink.LogRecord;

/// Passes the records that a pattern occurs in, or only the others. A record that cannot be
/// searched does not pass.
///
/// @param reason [FilterReason#INCLUDE] or [FilterReason#EXCLUDE]
public record PatternFilter(RecordPattern pattern, FilterReason reason) implements RecordFilter {

  @Override
  public boolean passes(LogRecord record) {
    try {
      return pattern.matches(record) == (reason == FilterReason.INCLUDE);
    } catch (IllegalStateException _) {
      return false;
    }
  }
}
