package dev.logshipper.sandbox.destination.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// Reads the fields of one protobuf message, see protobuf.dev/programming-guides/encoding.
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  private final ByteBuffer in;
  private int wireType;

  ProtobufReader(ByteBuffer in) {
    this.in = in;
  }

  /// The number of the next field, whose value is to be read next; 0 at the end.
  int next() throws LokiError {
    if (!in.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    wireType = (int) tag & 7;
    if (tag >>> 3 == 0) {
      throw malformed("illegal tag 0");
    }
    return (int) (tag >>> 3);
  }

  long number() throws LokiError {
    expect(VARINT);
    return varint();
  }

  String text() throws LokiError {
    return UTF_8.decode(bytes()).toString();
  }

  ProtobufReader message() throws LokiError {
    return new ProtobufReader(bytes());
  }

  void skip() throws LokiError {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED_64 -> take(Long.BYTES);
      case BYTES -> bytes();
      case FIXED_32 -> take(Integer.BYTES);
      default -> throw malformed("illegal wireType " + wireType);
    }
  }

  private ByteBuffer bytes() throws LokiError {
    expect(BYTES);
    return take(varint());
  }

  private ByteBuffer take(long length) throws LokiError {
    if (length < 0 || length > in.remaining()) {
      throw new LokiError(400, "unexpected EOF");
    }
    ByteBuffer taken = in.slice(in.position(), (int) length);
    in.position(in.position() + (int) length);
    return taken;
  }

  private long varint() throws LokiError {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!in.hasRemaining()) {
        throw new LokiError(400, "unexpected EOF");
      }
      byte octet = in.get();
      value |= (long) (octet & 0x7f) << shift;
      if (octet >= 0) {
        return value;
      }
    }
    throw malformed("integer overflow");
  }

  private void expect(int expected) throws LokiError {
    if (wireType != expected) {
      throw malformed("wrong wireType = " + wireType);
    }
  }

  private static LokiError malformed(String what) {
    return new LokiError(400, "proto: PushRequest: " + what);
  }
}
