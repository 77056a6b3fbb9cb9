package dev.logshipper.format.edgedelta;

import dev.logshipper.sink.LogRecord;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Start and end times of invocations, kept because the report with their durations arrives later,
/// often in another batch. Holds a bounded number of invocations in addition to those of the
/// current batch.
///
/// A batch is read before it is encoded, and nothing is evicted meanwhile, so that encoding it
/// again gives the same bytes. Not thread-safe.
final class InvocationTimes {
  /// Well above the number of concurrent invocations in one environment.
  private static final int REMEMBERED_MAX = 256;

  private static final class Times {
    private long startMillis;
    private long endMillis;
  }

  private final Map<String, Times> byRequestId = new LinkedHashMap<>();

  /// Reads the records of a new batch.
  void learn(Iterable<LogRecord> records) {
    forgetOldest();
    for (LogRecord record : records) {
      boolean start = record.type().equals(PlatformTypes.START);
      if (start || record.type().equals(PlatformTypes.RUNTIME_DONE)) {
        learn(record, start);
      }
    }
  }

  /// Milliseconds between start and end of an invocation, if both are known.
  OptionalLong millisOf(String requestId) {
    Times times = byRequestId.get(requestId);
    return times == null || times.startMillis == 0 || times.endMillis == 0
        ? OptionalLong.empty()
        : OptionalLong.of(times.endMillis - times.startMillis);
  }

  /// For tests of the bound.
  int size() {
    return byRequestId.size();
  }

  private void learn(LogRecord record, boolean start) {
    PlatformEvent event = PlatformEvent.read(record);
    if (event == null) {
      return;
    }
    Times times = byRequestId.computeIfAbsent(event.requestId(), _ -> new Times());
    if (start) {
      times.startMillis = record.epochMillis();
    } else {
      times.endMillis = record.epochMillis();
    }
  }

  private void forgetOldest() {
    Iterator<String> oldest = byRequestId.keySet().iterator();
    for (int tooMany = byRequestId.size() - REMEMBERED_MAX; tooMany > 0; tooMany--) {
      oldest.next();
      oldest.remove();
    }
  }
}
