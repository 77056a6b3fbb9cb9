package dev.logshipper.pipeline;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way into a lane that does not ship all records as they arrive: applies its filters and its
/// recorder to each delivery. Holds the buffer's lock only to append. Thread-safe.
final class LaneInlet {
  private final Lane lane;
  private final LaneControl control;
  private final @Nullable Recorder recorder;
  private final RecordBuffer buffer;

  LaneInlet(Lane lane, RecordBuffer buffer) {
    this.lane = lane;
    this.control = lane.config.control();
    this.recorder = control.recorder();
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
      FilterReason reason = wanted ? control.filtered(record) : null;
      if (reason == null) {
        pass(record, wanted, passing);
      } else {
        filtered.merge(reason, 1L, Long::sum);
      }
    }
    append(passing, filtered);
  }

  private void pass(LogRecord record, boolean wanted, List<LogRecord> passing) {
    if (recorder != null) {
      recorder.accept(record, wanted, passing::add);
    } else if (wanted) {
      passing.add(record);
    }
  }

  /// The environment ends: ships the records whose fate is not known.
  synchronized void close() {
    if (recorder != null) {
      append(recorder.close(), new EnumMap<>(FilterReason.class));
    }
  }

  private void append(List<LogRecord> passing, Map<FilterReason, Long> filtered) {
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
