package dev.logshipper.sink.http;

import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.FastGzipOutputStream;
import dev.logshipper.sink.support.SentPart;
import java.io.IOException;
import java.io.OutputStream;

/// Encodes the first records of a batch as one body, up to a size.
///
/// The size is that before compression, because servers that decompress a body compare the result
/// with their limit. Not thread-safe.
final class BodyWriter {
  /// Datadog accepts no longer arrays.
  private static final int ARRAY_RECORDS_MAX = 1_000;

  private static final int KEPT_BYTES_MAX = 1024 * 1024;
  private static final int CHUNK_BYTES = 8 * 1024;

  private final NdjsonEncoder encoder;
  private final boolean array;
  private final boolean gzip;
  private final BodyBuffer plain = new BodyBuffer(KEPT_BYTES_MAX);

  /// @param array whether a body is one JSON array rather than newline-delimited JSON
  BodyWriter(NdjsonEncoder encoder, boolean array, boolean gzip) {
    this.encoder = encoder;
    this.array = array;
    this.gzip = gzip;
  }

  /// Writes records while the body stays within a size; the first one in any case.
  SentPart write(Batch batch, long bytesMax, BodyBuffer body) throws IOException {
    if (!gzip) {
      return writePlain(batch, bytesMax, body);
    }
    // Compressed in one go: a call for every few bytes would cost more than the memory.
    plain.clear();
    SentPart part = writePlain(batch, bytesMax, plain);
    try (OutputStream out = new FastGzipOutputStream(body, CHUNK_BYTES)) {
      plain.writeTo(out);
    }
    plain.clear();
    return part;
  }

  private SentPart writePlain(Batch batch, long bytesMax, BodyBuffer out) throws IOException {
    int endBytes = array ? 1 : 0;
    int recordsMax = array ? ARRAY_RECORDS_MAX : Integer.MAX_VALUE;
    int records = 0;
    for (LogRecord record : batch.records()) {
      int before = out.size();
      if (array) {
        out.write(records == 0 ? '[' : ',');
      }
      encoder.write(record, out);
      if (records > 0 && (out.size() + endBytes > bytesMax || records == recordsMax)) {
        out.truncate(before);
        break;
      }
      records++;
    }
    if (array) {
      out.write(']');
    }
    return new SentPart(records, batch.records().size(), out.size());
  }
}
