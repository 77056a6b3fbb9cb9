package dev.logshipper.sink.kinesis;

import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.BodyBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/// Packs log records, a line of JSON each, into as few Firehose records as are cheap, within what
/// one call takes (Amazon Data Firehose, "Quota" and `PutRecordBatch`).
///
/// Not thread-safe.
final class Packer {
  /// A Firehose record may be 1,000 KiB.
  static final int RECORD_BYTES_MAX = 1_024_000;

  /// A call may be 4 MiB; whether in base64 or before it is not said, and this is what is safe.
  static final int CALL_BYTES_MAX = 4_000_000;

  /// Firehose does not take more apart again.
  static final int RECORD_LINES_MAX = 500;

  /// Firehose bills each record as a multiple of 5 KB, so one of twenty times that wastes 1 to 3 %
  /// of a large batch, and it is little to send again when it alone was refused. A record that is
  /// closed has that size together with the line that follows, or all the lines it may have: the
  /// bytes of a call and the lines of a batch end long before there are 500 records.
  static final int RECORD_BYTES_AIM = 20 * 5 * 1024;

  private final EncodedLines lines;
  private final Diagnostics diagnostics;

  Packer(NdjsonEncoder encoder, Diagnostics diagnostics) {
    this.lines = new EncodedLines(encoder);
    this.diagnostics = diagnostics;
  }

  /// Packs as many as one call takes, at least the first one.
  Packing pack(List<LogRecord> records) throws IOException {
    Filling filling = new Filling();
    int place = 0;
    while (place < records.size() && add(records.get(place), place, filling)) {
      place++;
    }
    lines.clear();
    return new Packing(filling.close(), place);
  }

  private boolean add(LogRecord record, int place, Filling filling) throws IOException {
    lines.encode(record);
    if (place > 0 && filling.total + lines.size() > CALL_BYTES_MAX) {
      return false;
    }
    if (lines.count() > 1) {
      diagnostics.warn("kinesis: a line is too large for one Firehose record and is sent in parts");
    }
    for (int line = 0; line < lines.count(); line++) {
      if (filling.total + lines.size(line) > CALL_BYTES_MAX) {
        // Alone and still too large: megabytes of control characters.
        diagnostics.warn(
            "kinesis: a line is too large for one call to Firehose; its last parts are left out");
        break;
      }
      filling.add(line, place);
    }
    return true;
  }

  /// The Firehose records of one call, the last one still open.
  private final class Filling {
    private final List<Packing.Packed> records = new ArrayList<>();
    private final BodyBuffer open = new BodyBuffer(RECORD_BYTES_MAX);
    private int total;
    private int openLines;
    private int first;
    private int last;

    void add(int line, int place) {
      int size = lines.size(line);
      boolean isFull = openLines == RECORD_LINES_MAX || open.size() + size > RECORD_BYTES_AIM;
      if (isFull && openLines > 0) {
        closeRecord();
      }
      if (openLines == 0) {
        first = place;
      }
      lines.writeTo(open, line);
      last = place;
      openLines++;
      total += size;
    }

    List<Packing.Packed> close() {
      closeRecord();
      return records;
    }

    private void closeRecord() {
      records.add(
          new Packing.Packed(SdkBytes.fromByteArrayUnsafe(open.toByteArray()), first, last));
      open.clear();
      openLines = 0;
    }
  }
}
