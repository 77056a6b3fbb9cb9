package dev.logshipper.pipeline;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The way into a lane that does not ship all records: applies its filters to each delivery. Used
/// by one thread at a time; holds the buffer's lock only to append.
final class LaneInlet {
  private final Lane lane;
  private final RecordBuffer buffer;

  LaneInlet(Lane lane, RecordBuffer buffer) {
    this.lane = lane;
    this.buffer = buffer;
  }

  void accept(List<LogRecord> records) {
    LaneControl control = lane.config.control();
    List<LogRecord> passing = new ArrayList<>(records.size());
    Map<FilterReason, Long> filtered = new EnumMap<>(FilterReason.class);
    for (LogRecord record : records) {
      if (lane.wants(record)) {
        FilterReason reason = control.filtered(record);
        if (reason == null) {
          passing.add(record);
        } else {
          filtered.merge(reason, 1L, Long::sum);
        }
      }
    }
    buffer.append(passing, lane, filtered);
  }
}
