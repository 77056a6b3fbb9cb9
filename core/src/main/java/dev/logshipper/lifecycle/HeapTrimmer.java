package dev.logshipper.lifecycle;

import java.util.function.LongSupplier;

/// Returns memory to the system after a burst of logs. The JVM lets the heap grow to its maximum
/// before it collects old garbage, and then keeps the memory. On Lambda this memory is the
/// function's, and its peak determines the memory size that a user is advised to configure.
///
/// Confined to one thread.
public final class HeapTrimmer {
  /// Less garbage than this does not justify a collection (some 15 ms of CPU).
  private static final long GROWTH_BYTES_MIN = 8 * 1024 * 1024;

  private final LongSupplier committedBytes;
  private final Runnable collect;
  private long spareBytes;

  /// @param committedBytes current size of the heap
  /// @param collect collects all garbage and returns free memory to the system
  public HeapTrimmer(LongSupplier committedBytes, Runnable collect) {
    this.committedBytes = committedBytes;
    this.collect = collect;
    this.spareBytes = committedBytes.getAsLong();
  }

  /// For this JVM, whose flags limit the free memory that it keeps.
  public static HeapTrimmer ofJvm() {
    return new HeapTrimmer(Runtime.getRuntime()::totalMemory, System::gc);
  }

  /// Collects if the heap has grown by much more than the records it holds. To be called while
  /// nothing waits for this process.
  ///
  /// @param heldBytes size of the buffered records
  void trim(long heldBytes) {
    if (committedBytes.getAsLong() - heldBytes >= spareBytes + GROWTH_BYTES_MIN) {
      collect.run();
      spareBytes = committedBytes.getAsLong() - heldBytes;
    }
  }
}
