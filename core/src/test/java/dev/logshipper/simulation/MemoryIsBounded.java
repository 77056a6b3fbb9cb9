package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe;

/// The bytes held, as core counts them, never exceed the bound, and equal the bytes that are held.
final class MemoryIsBounded implements Invariant {
  private final SimulatedScheduler scheduler;
  private final BufferProbe buffer;
  private final long bytesMax;

  MemoryIsBounded(SimulatedScheduler scheduler, BufferProbe buffer, long bytesMax) {
    this.scheduler = scheduler;
    this.buffer = buffer;
    this.bytesMax = bytesMax;
  }

  @Override
  public void bufferChanged() {
    if (buffer.countedBytes() > bytesMax || buffer.countedBytes() < 0) {
      scheduler.violated(this, buffer.countedBytes() + " bytes are held");
    }
  }

  @Override
  public void beforeTimeMoves() {
    String contradiction = buffer.contradiction();
    if (!contradiction.isEmpty()) {
      scheduler.violated(this, contradiction);
    }
  }
}
