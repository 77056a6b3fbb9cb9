package dev.logshipper.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import dev.logshipper.format.edgedelta.FormatSettings;
import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.kinesis.PackedBatch.PackedRecord;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.testkit.CapturedOutput;
import dev.logshipper.sink.testkit.Records;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// Firehose writes the records of a stream to S3 one after the other: with gzip, an object is a
/// series of gzip members, which is a gzip file.
class GzipRecordsTest {
  private final NdjsonEncoder encoder =
      NdjsonEncoder.plain(Settings.of(Map.of(), FormatSettings.all()));
  private final CapturedOutput output = new CapturedOutput();
  private final RecordPacker packer =
      new RecordPacker(encoder, RecordShape.GZIP, output.diagnostics());

  @Test
  void concatenatedRecordsAreAGzipFileOfTheLines() throws Exception {
    List<LogRecord> lines = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      lines.add(Records.line(i + " a line of an application " + i * 31 % 1_000));
    }

    PackedBatch packed = pack(lines);

    assertThat(packed.part().records()).isEqualTo(5_000);
    assertThat(decompressed(packed.records())).isEqualTo(ndjson(lines));
    assertThat(bytes(packed.records()).length).isLessThan((int) (packed.part().bytes() / 5));
  }

  @Test
  void eachRecordCanBeSentAgainByItself() throws Exception {
    int size = RecordShape.GZIP.bytesTarget() / 2;
    List<LogRecord> lines = List.of(line(size - 100), line(size - 100), line(100), line(100));

    List<PackedRecord> records = pack(lines).records();

    assertThat(records).extracting(PackedRecord::first).containsExactly(0, 2);
    assertThat(decompressed(records.subList(1, 2))).isEqualTo(ndjson(lines.subList(2, 4)));
  }

  @Test
  void theLongestLineThatDoesNotCompressFitsIntoARecord() throws Exception {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < 330_000) {
      text.append((char) (0x4e00 + random.nextInt(0x5000)));
    }

    List<PackedRecord> records = pack(List.of(Records.line(text.toString()))).records();

    assertThat(records).hasSize(1);
    assertThat(bytes(records)).hasSizeLessThan(RecordPacker.RECORD_BYTES_MAX);
  }

  private static LogRecord line(int bytes) {
    return Records.line("x".repeat(bytes));
  }

  private PackedBatch pack(List<LogRecord> lines) throws IOException {
    return packer.pack(lines, Long.MAX_VALUE);
  }

  private String ndjson(List<LogRecord> lines) throws IOException {
    BodyBuffer out = new BodyBuffer(0);
    for (LogRecord line : lines) {
      encoder.write(line, out);
    }
    return new String(out.toByteArray(), UTF_8);
  }

  private static byte[] bytes(List<PackedRecord> records) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (PackedRecord record : records) {
      all.write(record.data().asByteArray());
    }
    return all.toByteArray();
  }

  private static String decompressed(List<PackedRecord> records) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(records)))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
