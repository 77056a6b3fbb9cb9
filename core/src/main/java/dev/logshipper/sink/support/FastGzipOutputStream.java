package dev.logshipper.sink.support;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// gzip at its fastest level. Of lines as JSON it makes a quarter more bytes than the usual level,
/// in a quarter of the time, and the time is billed: 15 to 20 ms for a megabyte of lines.
///
/// Not thread-safe.
public final class FastGzipOutputStream extends GZIPOutputStream {

  /// @param chunkBytes how much of the result is handed on at a time
  /// @throws IOException when `out` does not take the header
  public FastGzipOutputStream(OutputStream out, int chunkBytes) throws IOException {
    super(out, chunkBytes);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
