package dev.logshipper.tls;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// The decrypted bytes of a socket.
final class NativeInput extends InputStream {
  private final NativeSocket socket;

  NativeInput(NativeSocket socket) {
    this.socket = socket;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return socket.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    int _ = Objects.checkFromIndexSize(offset, count, target.length);
    return count == 0 ? 0 : socket.read(target, offset, count);
  }

  @Override
  public int available() {
    return socket.available();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
