package dev.logshipper.tls;

import java.io.IOException;
import java.io.InputStream;
import javax.net.ssl.SSLException;

/// Reads TLS records, one at a time and not a byte more: clients look at the TCP socket to see
/// whether a server has sent something that nothing asked for. A read that times out continues with
/// the next call. Not thread-safe.
final class RecordReader {
  private static final int HEADER_BYTES = 5;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int APPLICATION_DATA = 23;

  private final InputStream in;
  private final byte[] bytes = new byte[NativeConnection.RECORD_BYTES_MAX];
  private int filled;

  RecordReader(InputStream in) {
    this.in = in;
  }

  /// The record that [#next] has read.
  byte[] bytes() {
    return bytes;
  }

  /// Reads the next record.
  ///
  /// @return its length; -1 at the end of the stream, also within a record
  /// @throws SSLException when it is none
  int next() throws IOException {
    if (!fill(HEADER_BYTES)) {
      return -1;
    }
    boolean isRecord =
        bytes[0] >= CHANGE_CIPHER_SPEC && bytes[0] <= APPLICATION_DATA && bytes[1] == 3;
    if (!isRecord) {
      throw new SSLException("Unsupported or unrecognized SSL message");
    }
    int length = HEADER_BYTES + ((bytes[3] & 0xff) << 8) + (bytes[4] & 0xff);
    if (length > bytes.length) {
      throw new SSLException("a record of " + length + " bytes");
    }
    if (!fill(length)) {
      return -1;
    }
    filled = 0;
    return length;
  }

  private boolean fill(int count) throws IOException {
    while (filled < count) {
      int read = in.read(bytes, filled, count - filled);
      if (read < 0) {
        return false;
      }
      filled += read;
    }
    return true;
  }
}
