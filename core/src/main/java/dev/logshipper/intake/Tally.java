package dev.logshipper.intake;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a delivery adds up to while it is read. Records are handed over in pieces: a body of tiny
/// events is many times its size in records, and the pipeline can bound only what it has been
/// given. Not thread-safe.
final class Tally {
  static final int PIECE_RECORDS_MAX = 1_000;
  static final int PIECE_BYTES_MAX = 256 * 1024;

  /// The lifecycle remembers fewer, and a delivery of the platform tells of fewer.
  private static final int REQUEST_IDS_MAX = 1_000;

  private final Consumer<List<LogRecord>> receiver;
  private final ArrayDeque<String> startedRequestIds = new ArrayDeque<>();
  private final ArrayDeque<String> completedRequestIds = new ArrayDeque<>();
  private final List<LogRecord> piece = new ArrayList<>();
  private long pieceBytes;
  private int events;
  private int malformed;
  private long droppedByPlatform;

  Tally(Consumer<List<LogRecord>> receiver) {
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
    piece.add(record);
    pieceBytes += record.sizeBytes();
    if (piece.size() >= PIECE_RECORDS_MAX || pieceBytes >= PIECE_BYTES_MAX) {
      handOver();
    }
  }

  /// Hands over what is left and sums up.
  Delivery end() {
    handOver();
    return new Delivery(
        events,
        List.copyOf(startedRequestIds),
        List.copyOf(completedRequestIds),
        malformed,
        droppedByPlatform);
  }

  private void handOver() {
    if (!piece.isEmpty()) {
      receiver.accept(List.copyOf(piece));
      piece.clear();
      pieceBytes = 0;
    }
  }

  private static void remember(ArrayDeque<String> requestIds, String requestId) {
    if (requestIds.size() == REQUEST_IDS_MAX) {
      requestIds.removeFirst();
    }
    requestIds.addLast(requestId);
  }
}
