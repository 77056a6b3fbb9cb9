package dev.logshipper.intake;

import dev.logshipper.platform.InvocationListener;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.text.Timestamps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The contents of one POST of the platform, other than records.
///
/// @param events readable ones, wanted or not
/// @param reports about invocations, in order: an id may start again after its end
/// @param malformed unreadable events, or whole bodies
/// @param droppedByPlatform records that the platform dropped before, as it reports
record Delivery(int events, List<Report> reports, int malformed, long droppedByPlatform) {

  /// A report about an invocation.
  ///
  /// @param time of the event, as the platform wrote it
  record Report(Kind kind, String requestId, String time) {
    enum Kind {
      STARTED,
      COMPLETED,
      COMPLETION_LOST
    }

    void passTo(InvocationListener invocations) {
      if (kind == Kind.STARTED) {
        invocations.started(requestId);
      } else if (kind == Kind.COMPLETED) {
        invocations.completed(requestId, Timestamps.parseMillis(time));
      } else {
        invocations.completionLost(requestId);
      }
    }
  }

  /// Collects a delivery while it is parsed. Passes records on in chunks: a body of tiny events is
  /// many times its size in records, and the pipeline can only bound what it has received. Not
  /// thread-safe.
  static final class Builder {
    private static final int CHUNK_RECORDS_MAX = 1_000;
    private static final int CHUNK_BYTES_MAX = 256 * 1024;

    /// More than the lifecycle remembers, and more than a delivery of the platform contains.
    private static final int REPORTS_MAX = 2_000;

    private final Consumer<List<LogRecord>> receiver;
    private final ArrayDeque<Report> reports = new ArrayDeque<>();
    private final List<LogRecord> chunk = new ArrayList<>();
    private long chunkBytes;
    private int events;
    private int malformed;
    private long droppedByPlatform;

    /// @param receiver of the records, in order
    Builder(Consumer<List<LogRecord>> receiver) {
      this.receiver = receiver;
    }

    void event() {
      events++;
    }

    void malformed() {
      malformed++;
    }

    void droppedByPlatform(long records) {
      droppedByPlatform += records;
    }

    void report(Report.Kind kind, String requestId, String time) {
      if (reports.size() == REPORTS_MAX) {
        reports.removeFirst();
      }
      reports.addLast(new Report(kind, requestId, time));
    }

    void record(LogRecord record) {
      chunk.add(record);
      chunkBytes += record.sizeBytes();
      if (chunk.size() >= CHUNK_RECORDS_MAX || chunkBytes >= CHUNK_BYTES_MAX) {
        passOn();
      }
    }

    /// Passes on the last records and returns the delivery.
    Delivery build() {
      passOn();
      return new Delivery(events, List.copyOf(reports), malformed, droppedByPlatform);
    }

    private void passOn() {
      if (!chunk.isEmpty()) {
        receiver.accept(List.copyOf(chunk));
        chunk.clear();
        chunkBytes = 0;
      }
    }
  }
}
