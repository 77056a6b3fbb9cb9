package dev.logshipper.sink.support;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// A growing buffer for the body of one request after another. It keeps a little memory between
/// them, and releases that of a large body.
///
/// Not thread-safe, and therefore not synchronized, unlike the JDK's: formats write a few bytes at
/// a time.
public final class BodyBuffer extends OutputStream {
  private static final int BYTES_FIRST = 8 * 1024;

  private final int keptBytesMax;
  private byte[] bytes = new byte[0];
  private int size;

  /// @param keptBytesMax bytes that may stay allocated between two bodies
  public BodyBuffer(int keptBytesMax) {
    this.keptBytesMax = keptBytesMax;
  }

  @Override
  public void write(int b) {
    ensureRoom(1);
    bytes[size++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int from, int length) {
    ensureRoom(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /// Bytes written since the last [#clear].
  public int size() {
    return size;
  }

  /// The memory behind it, valid until the next write or [#clear]; the first [#size] bytes count.
  public byte[] array() {
    return bytes;
  }

  /// Writes the content to a stream.
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /// A copy of the content.
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /// The last index at or before `at`, which is within the content, that is not inside a UTF-8
  /// character.
  public int characterBoundary(int at) {
    int boundary = at;
    while ((bytes[boundary] & 0xc0) == 0x80) {
      boundary--;
    }
    return boundary;
  }

  /// Removes everything after the first `length` bytes.
  public void truncate(int length) {
    size = Math.min(size, length);
  }

  /// Makes room for the next body.
  public void clear() {
    size = 0;
    if (bytes.length > keptBytesMax) {
      bytes = new byte[0];
    }
  }

  private void ensureRoom(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, Math.max(Math.max(needed, doubled), BYTES_FIRST));
    }
  }
}
