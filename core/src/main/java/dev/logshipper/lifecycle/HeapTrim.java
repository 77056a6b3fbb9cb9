package dev.logshipper.lifecycle;

import java.util.function.LongSupplier;

/// Gives memory back after much has gone through. The JVM lets the heap grow to its end before it
/// looks at old garbage, and keeps what it has then; on Lambda this memory is the function's, and
/// its peak is what a user is told to pay for.
///
/// Used by one thread.
public final class HeapTrim {
  /// So much garbage costs less than to look for it (some 15 ms of CPU).
  private static final long GROWTH_BYTES_MIN = 8 * 1024 * 1024;

  private final LongSupplier committedBytes;
  private final Runnable collect;
  private long spareBytes;

  /// @param committedBytes of the heap now
  /// @param collect collects all garbage, and gives back what is free then
  public HeapTrim(LongSupplier committedBytes, Runnable collect) {
    this.committedBytes = committedBytes;
    this.collect = collect;
    this.spareBytes = committedBytes.getAsLong();
  }

  /// Of this JVM, whose flags say how much of what is free it keeps.
  public static HeapTrim ofJvm() {
    return new HeapTrim(Runtime.getRuntime()::totalMemory, System::gc);
  }

  /// Collects if the heap has grown by much more than the records it holds. A moment when nobody
  /// waits for this process is a good one.
  ///
  /// @param heldBytes of records, in use for some time to come
  void consider(long heldBytes) {
    if (committedBytes.getAsLong() - heldBytes >= spareBytes + GROWTH_BYTES_MIN) {
      collect.run();
      spareBytes = committedBytes.getAsLong() - heldBytes;
    }
  }
}
