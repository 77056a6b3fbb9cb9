package dev.logshipper.pipeline;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The way into a lane that does not ship all records as they arrive: applies its filters and its
/// recorder to each delivery. Holds the buffer's lock only to append. Thread-safe.
final class LaneInlet {
  private final Lane lane;
  private final RecordBuffer buffer;

  LaneInlet(Lane lane, RecordBuffer buffer) {
    this.lane = lane;
    this.buffer = buffer;
  }

  /// The records that pass, and the counts of the others.
  ///
  /// @param filtered by reason
  /// @param overflowed dropped by the recorder, which was full
  /// @param heldBytes memory of the records that the recorder holds
  record Passed(
      List<LogRecord> records, Map<FilterReason, Long> filtered, long overflowed, long heldBytes) {}

  synchronized void accept(List<LogRecord> records) {
    List<LogRecord> passing = new ArrayList<>(records.size());
    Map<FilterReason, Long> filtered = new EnumMap<>(FilterReason.class);
    for (LogRecord record : records) {
      boolean wanted = lane.wants(record);
      FilterReason reason = wanted ? lane.config.control().filtered(record) : null;
      if (reason == null) {
        pass(record, wanted, passing);
      } else {
        filtered.merge(reason, 1L, Long::sum);
      }
    }
    append(passing, filtered);
  }

  private void pass(LogRecord record, boolean wanted, List<LogRecord> passing) {
    Recorder recorder = lane.config.control().recorder();
    if (recorder != null) {
      recorder.accept(record, wanted, passing::add);
    } else if (wanted) {
      passing.add(record);
    }
  }

  /// The environment ends: ships the records whose fate is not known.
  synchronized void close() {
    Recorder recorder = lane.config.control().recorder();
    if (recorder != null) {
      append(recorder.close(), new EnumMap<>(FilterReason.class));
    }
  }

  private void append(List<LogRecord> passing, Map<FilterReason, Long> filtered) {
    Recorder recorder = lane.config.control().recorder();
    if (recorder == null) {
      buffer.append(new Passed(passing, filtered, 0, 0), lane);
      return;
    }
    long letGo = recorder.takeLetGo();
    if (letGo > 0) {
      filtered.put(FilterReason.KEEP, letGo);
    }
    buffer.append(
        new Passed(passing, filtered, recorder.takeOverflowed(), recorder.heldBytes()), lane);
  }
}
