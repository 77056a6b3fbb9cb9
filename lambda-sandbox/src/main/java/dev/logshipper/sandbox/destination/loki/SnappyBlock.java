package dev.logshipper.sandbox.destination.loki;

/// Decodes snappy's block format (google/snappy, `format_description.txt`), strictly.
final class SnappyBlock {
  private static final int DECODED_BYTES_MAX = 100 << 20;

  private final byte[] in;
  private int at;
  private byte[] out = {};
  private int written;

  private SnappyBlock(byte[] in) {
    this.in = in;
  }

  static byte[] decode(byte[] block) throws LokiError {
    SnappyBlock decoder = new SnappyBlock(block);
    try {
      return decoder.decode();
    } catch (IndexOutOfBoundsException _) {
      throw corrupt();
    }
  }

  private byte[] decode() throws LokiError {
    long length = length();
    if (length > DECODED_BYTES_MAX) {
      throw new LokiError(413, "message size too large than max (" + length + ")");
    }
    out = new byte[(int) length];
    while (at < in.length) {
      element(octet());
    }
    if (written < out.length) {
      throw corrupt();
    }
    return out;
  }

  private long length() throws LokiError {
    long length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int octet = octet();
      length |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return length;
      }
    }
    throw corrupt();
  }

  private void element(int tag) throws LokiError {
    switch (tag & 3) {
      case 0 -> literal(tag >> 2);
      case 1 -> copy(4 + ((tag >> 2) & 7), ((tag & 0xe0) << 3) | octet());
      case 2 -> copy(1 + (tag >> 2), littleEndian(2));
      default -> copy(1 + (tag >> 2), littleEndian(4));
    }
  }

  private void literal(int code) {
    int length = 1 + (code < 60 ? code : littleEndian(code - 59));
    System.arraycopy(in, at, out, written, length);
    at += length;
    written += length;
  }

  /// Byte by byte: what is copied may reach into what the copy writes.
  private void copy(int length, int offset) throws LokiError {
    if (offset <= 0) {
      throw corrupt();
    }
    for (int i = 0; i < length; i++) {
      out[written] = out[written - offset];
      written++;
    }
  }

  private int littleEndian(int octets) {
    int value = 0;
    for (int i = 0; i < octets; i++) {
      value |= octet() << (8 * i);
    }
    return value;
  }

  private int octet() {
    return in[at++] & 0xff;
  }

  private static LokiError corrupt() {
    return new LokiError(400, "snappy: corrupt input");
  }
}
