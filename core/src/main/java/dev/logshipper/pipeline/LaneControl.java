package dev.logshipper.pipeline;

import dev.logshipper.sink.LogRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The control over the records of a lane.
///
/// @param filters in order; the first one that a record does not pass is the reason
/// @param redaction null for none
/// @param recorder null for none
public record LaneControl(
    List<RecordFilter> filters, @Nullable Redaction redaction, @Nullable Recorder recorder) {
  /// All records, unchanged.
  public static final LaneControl NONE = new LaneControl(List.of(), null, null);

  public LaneControl {
    filters = List.copyOf(filters);
  }

  /// Replaces the parts of records that must not be shipped. Called by the lane's thread.
  @FunctionalInterface
  public interface Redaction {
    /// Returns the record to ship; null to withhold it.
    @Nullable LogRecord redact(LogRecord record);
  }

  /// Whether records are shipped as they arrive.
  boolean isOpen() {
    return filters.isEmpty() && recorder == null;
  }

  /// Why a record is not shipped; null if it is.
  @Nullable FilterReason filtered(LogRecord record) {
    for (int i = 0; i < filters.size(); i++) {
      if (!filters.get(i).passes(record)) {
        return filters.get(i).reason();
      }
    }
    return null;
  }
}
