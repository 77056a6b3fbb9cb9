package dev.logshipper.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/// The bytes that a socket encrypts. Nothing is buffered.
final class NativeOutput extends OutputStream {
  private final NativeSocket socket;

  NativeOutput(NativeSocket socket) {
    this.socket = socket;
  }

  @Override
  public void write(int value) throws IOException {
    socket.write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) throws IOException {
    int _ = Objects.checkFromIndexSize(offset, count, source.length);
    socket.write(source, offset, count);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
