package dev.logshipper.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.BodyBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A log record as lines of JSON: one, or several if its line would exceed the size of a Firehose
/// record. Each of several begins its text with `[part 2 of 7] `, is valid JSON and has the full
/// origin; nothing is omitted.
///
/// Reused for one log record after another. Not thread-safe.
final class EncodedLines {
  /// Bytes of text in a part. As JSON they grow at most sixfold, which leaves a quarter of a
  /// Firehose record for the rest of the line.
  private static final int PART_BYTES_MAX = 128_000;

  private static final int KEPT_BYTES_MAX = 64 * 1024;

  private final NdjsonEncoder encoder;
  private final BodyBuffer bytes = new BodyBuffer(KEPT_BYTES_MAX);
  private final List<Integer> ends = new ArrayList<>(1);

  EncodedLines(NdjsonEncoder encoder) {
    this.encoder = encoder;
  }

  /// Replaces the previous content.
  void encode(LogRecord record) throws IOException {
    clear();
    encoder.write(record, bytes);
    if (bytes.size() <= RecordPacker.RECORD_BYTES_MAX) {
      ends.add(bytes.size());
      return;
    }
    clear();
    encodeInParts(encoder.line(record));
  }

  /// Total size of all lines in bytes.
  int size() {
    return bytes.size();
  }

  int count() {
    return ends.size();
  }

  /// Size of one line in bytes.
  int size(int line) {
    return ends.get(line) - start(line);
  }

  void writeTo(BodyBuffer out, int line) {
    out.write(bytes.array(), start(line), size(line));
  }

  private int start(int line) {
    return line == 0 ? 0 : ends.get(line - 1);
  }

  void clear() {
    bytes.clear();
    ends.clear();
  }

  private void encodeInParts(LogRecord record) throws IOException {
    BodyBuffer content = new BodyBuffer(0);
    record.writeTo(content);
    List<Integer> cuts = cuts(content);
    int from = 0;
    for (int i = 0; i < cuts.size(); i++) {
      BodyBuffer part = new BodyBuffer(0);
      part.write(("[part " + (i + 1) + " of " + cuts.size() + "] ").getBytes(UTF_8));
      part.write(content.array(), from, cuts.get(i) - from);
      from = cuts.get(i);
      encoder.write(record.withText(part.toByteArray()), bytes);
      ends.add(bytes.size());
    }
  }

  /// The end of each part, never inside a character.
  private static List<Integer> cuts(BodyBuffer utf8) {
    List<Integer> cuts = new ArrayList<>();
    int at = 0;
    while (utf8.size() - at > PART_BYTES_MAX) {
      at = utf8.characterBoundary(at + PART_BYTES_MAX);
      cuts.add(at);
    }
    cuts.add(utf8.size());
    return cuts;
  }
}
