package dev.logshipper.pipeline;

import java.util.List;

/// The memory that buffered records use, and its limit. Lanes share records; the memory of one is
/// released when its last lane has finished with it. Guarded by the buffer's lock.
final class MemoryBound {
  private final long bytesMax;
  private long bytes;

  MemoryBound(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  long bytes() {
    return bytes;
  }

  boolean fits(long costBytes) {
    return bytes + costBytes <= bytesMax;
  }

  /// Whether a record fits into an empty buffer.
  boolean canEverFit(long costBytes) {
    return costBytes <= bytesMax;
  }

  /// Bytes left; not negative.
  long roomBytes() {
    return Math.max(0, bytesMax - bytes);
  }

  boolean isHalfFull() {
    return bytes * 2 >= bytesMax;
  }

  /// Whether a delivery fits well below the limit. Its records cost at most about twice its bytes,
  /// and other lanes and late deliveries need some room, too. An empty buffer accepts any delivery,
  /// or a large one would never be accepted.
  boolean hasRoomFor(long deliveryBytes) {
    return bytes == 0 || bytes <= Math.min(bytesMax / 4 * 3, bytesMax - 2 * deliveryBytes);
  }

  void add(Entry entry) {
    bytes += entry.costBytes();
  }

  /// A recorder holds more bytes than before, or fewer.
  void hold(long differenceBytes) {
    bytes += differenceBytes;
  }

  /// A lane has finished with some records.
  void release(List<Entry> entries) {
    for (Entry entry : entries) {
      if (--entry.lanesLeft == 0) {
        bytes -= entry.costBytes();
      }
    }
  }
}
