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
  int next() throws LokiRefusal {
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

  long number() throws LokiRefusal {
    expect(VARINT);
    return varint();
  }

  String text() throws LokiRefusal {
    return UTF_8.decode(bytes()).toString();
  }

  ProtobufReader message() throws LokiRefusal {
    return new ProtobufReader(bytes());
  }

  void skip() throws LokiRefusal {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED_64 -> take(Long.BYTES);
      case BYTES -> bytes();
      case FIXED_32 -> take(Integer.BYTES);
      default -> throw malformed("illegal wireType " + wireType);
    }
  }

  private ByteBuffer bytes() throws LokiRefusal {
    expect(BYTES);
    return take(varint());
  }

  private ByteBuffer take(long length) throws LokiRefusal {
    if (length < 0 || length > in.remaining()) {
      throw new LokiRefusal(400, "unexpected EOF");
    }
    ByteBuffer taken = in.slice(in.position(), (int) length);
    in.position(in.position() + (int) length);
    return taken;
  }

  private long varint() throws LokiRefusal {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!in.hasRemaining()) {
        throw new LokiRefusal(400, "unexpected EOF");
      }
      byte octet = in.get();
      value |= (long) (octet & 0x7f) << shift;
      if (octet >= 0) {
        return value;
      }
    }
    throw malformed("integer overflow");
  }

  private void expect(int expected) throws LokiRefusal {
    if (wireType != expected) {
      throw malformed("wrong wireType = " + wireType);
    }
  }

  private static LokiRefusal malformed(String what) {
    return new LokiRefusal(400, "proto: PushRequest: " + what);
  }
}
