package dev.logshipper.select;

import dev.logshipper.pipeline.FilterReason;
import dev.logshipper.pipeline.RecordFilter;
import dev.logshipper.sink.LogRecord;
import java.util.List;

/// Passes the records that one of some patterns occurs in, or only the others. A record that cannot
/// be searched does not pass.
///
/// @param reason [FilterReason#INCLUDE] or [FilterReason#EXCLUDE]
public record PatternFilter(List<RecordPattern> patterns, FilterReason reason)
    implements RecordFilter {

  public PatternFilter {
    patterns = List.copyOf(patterns);
  }

  @Override
  public boolean passes(LogRecord record) {
    try {
      return occursIn(record) == (reason == FilterReason.INCLUDE);
    } catch (IllegalStateException _) {
      return false;
    }
  }

  private boolean occursIn(LogRecord record) {
    for (RecordPattern pattern : patterns) {
      if (pattern.matches(record)) {
        return true;
      }
    }
    return false;
  }
}
