package dev.logshipper.intake;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The contents of one POST of the platform, other than records.
///
/// @param events readable ones, wanted or not
/// @param startedRequestIds invocations that have begun
/// @param completedRequestIds invocations that the runtime has finished, or whose end the platform
///   may have dropped
/// @param malformed unreadable events, or whole bodies
/// @param droppedByPlatform records that the platform dropped before, as it reports
record Delivery(
    int events,
    List<String> startedRequestIds,
    List<String> completedRequestIds,
    int malformed,
    long droppedByPlatform) {

  /// Collects a delivery while it is parsed. Passes records on in chunks: a body of tiny events is
  /// many times its size in records, and the pipeline can only bound what it has received. Not
  /// thread-safe.
  static final class Builder {
    private static final int CHUNK_RECORDS_MAX = 1_000;
    private static final int CHUNK_BYTES_MAX = 256 * 1024;

    /// More than the lifecycle remembers, and more than a delivery of the platform contains.
    private static final int REQUEST_IDS_MAX = 1_000;

    private final Consumer<List<LogRecord>> receiver;
    private final ArrayDeque<String> startedRequestIds = new ArrayDeque<>();
    private final ArrayDeque<String> completedRequestIds = new ArrayDeque<>();
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

    void started(String requestId) {
      remember(startedRequestIds, requestId);
    }

    void completed(String requestId) {
      remember(completedRequestIds, requestId);
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
      return new Delivery(
          events,
          List.copyOf(startedRequestIds),
          List.copyOf(completedRequestIds),
          malformed,
          droppedByPlatform);
    }

    private void passOn() {
      if (!chunk.isEmpty()) {
        receiver.accept(List.copyOf(chunk));
        chunk.clear();
        chunkBytes = 0;
      }
    }

    private static void remember(ArrayDeque<String> requestIds, String requestId) {
      if (requestIds.size() == REQUEST_IDS_MAX) {
        requestIds.removeFirst();
      }
      requestIds.addLast(requestId);
    }
  }
}
