package dev.logshipper.sandbox.destination;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.LongAdder;

/// Counts the bytes read from all connections. Safe for any thread.
final class ByteCounter {
  private final LongAdder total = new LongAdder();

  long total() {
    return total.sum();
  }

  InputStream counting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int octet = super.read();
        total.add(octet < 0 ? 0 : 1);
        return octet;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        total.add(Math.max(read, 0));
        return read;
      }
    };
  }
}
