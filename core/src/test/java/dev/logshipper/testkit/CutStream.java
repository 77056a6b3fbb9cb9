package dev.logshipper.testkit;

import java.io.ByteArrayInputStream;

/// A stream that returns pieces of any size, as a network does.
public final class CutStream extends ByteArrayInputStream {
  private final Choices choices;

  /// @param choices decide where the pieces end
  public CutStream(byte[] bytes, Choices choices) {
    super(bytes);
    this.choices = choices;
  }

  @Override
  public synchronized int read(byte[] into, int from, int length) {
    return super.read(into, from, Math.min(length, 1 + choices.upTo(6)));
  }
}
