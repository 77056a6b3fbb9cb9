package dev.logshipper.sink.kinesis;

import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.FastGzipOutputStream;
import dev.logshipper.sink.support.SentPart;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/// Packs log records, one line of JSON each, into a small number of Firehose records, within the
/// limits of one call (Amazon Data Firehose, "Quota" and `PutRecordBatch`).
///
/// Not thread-safe.
final class RecordPacker {
  /// A Firehose record may be 1,000 KiB.
  static final int RECORD_BYTES_MAX = 1_024_000;

  /// A call may be 4 MiB; the documentation does not say whether in base64, so this is the safe
  /// value.
  static final int CALL_BYTES_MAX = 4_000_000;

  /// A call may have this many records.
  static final int CALL_RECORDS_MAX = 500;

  private static final int CHUNK_BYTES = 8 * 1024;

  private final EncodedLines lines;
  private final RecordShape shape;
  private final Diagnostics diagnostics;

  RecordPacker(NdjsonEncoder encoder, RecordShape shape, Diagnostics diagnostics) {
    this.lines = new EncodedLines(encoder);
    this.shape = shape;
    this.diagnostics = diagnostics;
  }

  /// Packs as many log records as fit into one call, at least the first one.
  ///
  /// @param bytesMax size of a call that the destination accepts; it limits the lines before they
  ///   are compressed
  PackedBatch pack(List<LogRecord> records, long bytesMax) throws IOException {
    CallBuilder call = new CallBuilder();
    long limit = Math.min(bytesMax, CALL_BYTES_MAX);
    int index = 0;
    while (index < records.size() && add(records.get(index), index, limit, call)) {
      index++;
    }
    lines.clear();
    return new PackedBatch(call.close(), new SentPart(index, records.size(), call.total));
  }

  private boolean add(LogRecord record, int index, long bytesMax, CallBuilder call)
      throws IOException {
    lines.encode(record);
    if (index > 0 && (call.total + lines.size() > bytesMax || !call.hasRoomFor(lines.count()))) {
      return false;
    }
    if (lines.count() > 1) {
      diagnostics.warn("kinesis: a line is too large for one Firehose record and is sent in parts");
    }
    for (int line = 0; line < lines.count(); line++) {
      if (call.total + lines.size(line) > CALL_BYTES_MAX) {
        // Too large even alone: megabytes of control characters.
        diagnostics.warn(
            "kinesis: a line is too large for one call to Firehose; its last parts are dropped");
        break;
      }
      call.add(line, index);
    }
    return true;
  }

  private static byte[] compressed(BodyBuffer lines) throws IOException {
    BodyBuffer member = new BodyBuffer(0);
    try (OutputStream out = new FastGzipOutputStream(member, CHUNK_BYTES)) {
      out.write(lines.array(), 0, lines.size());
    }
    return member.toByteArray();
  }

  /// The Firehose records of one call; the last one is open.
  private final class CallBuilder {
    private final List<PackedBatch.PackedRecord> records = new ArrayList<>();
    private final BodyBuffer open = new BodyBuffer(RECORD_BYTES_MAX);
    private int total;
    private int openLines;
    private int first;
    private int last;

    /// Whether there is one, even if each line needs a record of its own.
    boolean hasRoomFor(int count) {
      return records.size() + 1 + count <= CALL_RECORDS_MAX;
    }

    void add(int line, int index) throws IOException {
      int size = lines.size(line);
      boolean isFull = openLines == shape.linesMax() || open.size() + size > shape.bytesTarget();
      if (isFull && openLines > 0) {
        closeRecord();
      }
      if (openLines == 0) {
        first = index;
      }
      lines.writeTo(open, line);
      last = index;
      openLines++;
      total += size;
    }

    List<PackedBatch.PackedRecord> close() throws IOException {
      closeRecord();
      return records;
    }

    private void closeRecord() throws IOException {
      byte[] data = shape.gzip() ? compressed(open) : open.toByteArray();
      records.add(new PackedBatch.PackedRecord(SdkBytes.fromByteArrayUnsafe(data), first, last));
      open.clear();
      openLines = 0;
    }
  }
}
