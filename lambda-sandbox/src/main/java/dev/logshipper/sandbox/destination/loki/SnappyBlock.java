package dev.logshipper.sandbox.destination.loki;

import java.io.IOException;
import org.xerial.snappy.Snappy;

/// Decodes snappy's block format. The decoded size is checked before memory is allocated.
final class SnappyBlock {
  private static final int DECODED_BYTES_MAX = 100 << 20;

  private SnappyBlock() {}

  static byte[] decode(byte[] block) throws LokiError {
    try {
      long length = Snappy.uncompressedLength(block) & 0xffff_ffffL;
      if (length > DECODED_BYTES_MAX) {
        throw new LokiError(413, "message size too large than max (" + length + ")");
      }
      return Snappy.uncompress(block);
    } catch (IOException _) {
      throw new LokiError(400, "snappy: corrupt input");
    }
  }
}
