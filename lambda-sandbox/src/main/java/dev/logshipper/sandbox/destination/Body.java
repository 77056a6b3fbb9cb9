package dev.logshipper.sandbox.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// The bytes of a response. Immutable; equal when the bytes are.
public final class Body {
  static final Body EMPTY = new Body(new byte[0]);

  private final byte[] bytes;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  static Body of(byte[] bytes) {
    return new Body(bytes.clone());
  }

  static Body of(String text) {
    return new Body(text.getBytes(UTF_8));
  }

  /// A copy of them.
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Body body && Arrays.equals(bytes, body.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The text that they are in UTF-8.
  @Override
  public String toString() {
    return new String(bytes, UTF_8);
  }
}
