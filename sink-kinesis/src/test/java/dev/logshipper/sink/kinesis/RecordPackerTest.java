package dev.logshipper.sink.kinesis;

import static dev.logshipper.sink.kinesis.PackedBatches.assertRangesHaveNoGaps;
import static dev.logshipper.sink.kinesis.PackedBatches.assertWithinLimits;
import static dev.logshipper.sink.kinesis.PackedBatches.bytes;
import static dev.logshipper.sink.kinesis.PackedBatches.joinParts;
import static dev.logshipper.sink.kinesis.PackedBatches.messages;
import static dev.logshipper.sink.kinesis.PackedBatches.ranges;
import static dev.logshipper.sink.kinesis.PackedBatches.text;
import static dev.logshipper.sink.kinesis.PackedBatches.total;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPackerTest {
  /// Bytes of a line other than its message.
  private static final int OVERHEAD_BYTES =
      "{'timestamp':'2026-11-21T10:15:30.123Z',".length()
          + "'message':'','log_type':'function'}\n".length();

  private final NdjsonEncoder encoder =
      NdjsonEncoder.plain(Settings.of(Map.of(), FormatSettings.all()));
  private final CapturedOutput output = new CapturedOutput();
  private final RecordPacker packer =
      new RecordPacker(encoder, RecordShape.LINES, output.diagnostics());

  @Test
  void fewLinesShareARecordEachWithItsNewline() throws Exception {
    PackedBatch packed = pack(Records.lines("a", "b"));

    assertThat(packed.part().records()).isEqualTo(2);
    assertThat(packed.records()).hasSize(1);
    assertThat(text(packed.records().getFirst()))
        .isEqualTo(
            """
            {"timestamp":"2026-11-21T10:15:30.123Z","message":"a","log_type":"function"}
            {"timestamp":"2026-11-21T10:15:30.123Z","message":"b","log_type":"function"}
            """);
    assertThat(ranges(packed)).containsExactly("0-1");
  }

  @Test
  void recordsContainTheLinesInOrder() throws Exception {
    List<LogRecord> lines = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      lines.add(Records.line(i + " " + "x".repeat(i % 700)));
    }

    PackedBatch packed = pack(lines);

    assertThat(packed.part().records()).isEqualTo(5_000);
    assertThat(text(packed)).isEqualTo(ndjson(lines));
    assertRangesHaveNoGaps(packed, 5_000);
  }

  @Test
  void recordIsFilledUpToTheTarget() throws Exception {
    int size = RecordShape.BYTES_TARGET / 4;
    PackedBatch packed = pack(Collections.nCopies(9, lineOf(size)));

    assertThat(packed.records())
        .extracting(record -> bytes(record).length)
        .containsExactly(4 * size, 4 * size, size);
    assertThat(ranges(packed)).containsExactly("0-3", "4-7", "8-8");
  }

  @Test
  void lineThatDoesNotFitStartsTheNextRecord() throws Exception {
    int size = RecordShape.BYTES_TARGET / 4;
    PackedBatch packed =
        pack(List.of(lineOf(size), lineOf(size), lineOf(size), lineOf(size + 1), lineOf(100)));

    assertThat(ranges(packed)).containsExactly("0-2", "3-4");
  }

  @Test
  void recordHasAtMostFiveHundredLines() throws Exception {
    PackedBatch packed = pack(Collections.nCopies(1_001, Records.line("")));

    assertThat(ranges(packed)).containsExactly("0-499", "500-999", "1000-1000");
  }

  @Test
  void recordOfASingleLineIsOneJsonDocument() throws Exception {
    RecordPacker single = new RecordPacker(encoder, RecordShape.SINGLE, output.diagnostics());

    PackedBatch packed = single.pack(Records.lines("a", "b", "c"), Long.MAX_VALUE);

    assertThat(ranges(packed)).containsExactly("0-0", "1-1", "2-2");
    for (PackedRecord record : packed.records()) {
      assertThat(text(record)).startsWith("{").endsWith("}\n").containsOnlyOnce("\n");
    }
  }

  @Test
  void callOfSingleLinesHasAtMostFiveHundredRecords() throws Exception {
    RecordPacker single = new RecordPacker(encoder, RecordShape.SINGLE, output.diagnostics());

    PackedBatch packed = single.pack(Collections.nCopies(1_001, Records.line("x")), Long.MAX_VALUE);

    assertThat(packed.records()).hasSize(500);
    assertThat(packed.part().records()).isEqualTo(500);
  }

  @Test
  void callStaysWithinTheSizeThatTheDestinationAccepts() throws Exception {
    PackedBatch packed = packer.pack(Collections.nCopies(10, lineOf(100)), 350);

    assertThat(packed.part().records()).isEqualTo(3);
    assertThat(packed.part().bytes()).isEqualTo(300);
    assertThat(packer.pack(List.of(lineOf(1_000)), 350).part().records()).isEqualTo(1);
  }

  @Test
  void longLineGetsItsOwnRecord() throws Exception {
    PackedBatch packed =
        pack(List.of(lineOf(100), lineOf(RecordPacker.RECORD_BYTES_MAX), lineOf(100)));

    assertThat(ranges(packed)).containsExactly("0-0", "1-1", "2-2");
    assertThat(bytes(packed.records().get(1))).hasSize(RecordPacker.RECORD_BYTES_MAX);
    assertThat(output.lines()).isEmpty();
  }

  @Test
  void lineOneByteTooLongIsSentInPartsWithOneWarning() throws Exception {
    LogRecord tooLong = lineOf(RecordPacker.RECORD_BYTES_MAX + 1);
    PackedBatch packed = pack(List.of(Records.line("before"), tooLong, Records.line("after")));
    pack(List.of(tooLong));

    List<String> messages = messages(packed);
    assertThat(messages.getFirst()).isEqualTo("before");
    assertThat(messages.getLast()).isEqualTo("after");
    assertThat(joinParts(messages.subList(1, messages.size() - 1))).isEqualTo(tooLong.text());
    assertThat(messages.get(1)).startsWith("[part 1 of 8] x");
    assertThat(output.lines())
        .containsExactly(
            "log-shipper: kinesis: a line is too large for one Firehose record and is sent in"
                + " parts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "€", "😀", "a😀", "ab😀", "abc😀", "\u0001", "\""})
  void partsAreValidAndNeverSplitACharacter(String text) throws Exception {
    LogRecord line = Records.line(text.repeat(1_100_000 / text.getBytes(UTF_8).length));

    PackedBatch packed = pack(List.of(line));

    if (!text.equals("\u0001")) {
      assertThat(joinParts(messages(packed))).isEqualTo(line.text());
    }
    assertWithinLimits(packed);
  }

  @Test
  void longJsonIsSentInPartsOfItsText() throws Exception {
    LogRecord json =
        LogRecord.json(
            "2026-11-21T10:15:30.123Z",
            "function",
            "r1",
            ("{\"a\":\"" + "x".repeat(1_100_000) + "\"}").getBytes(UTF_8));

    assertThat(joinParts(messages(pack(List.of(json))))).isEqualTo(json.text());
  }

  @Test
  void lineTooLargeForACallLosesItsLastPartsWithAWarning() throws Exception {
    LogRecord control = Records.line("\u0001".repeat(1_000_000));
    PackedBatch packed = pack(List.of(control, Records.line("next")));

    assertWithinLimits(packed);
    assertThat(messages(packed))
        .hasSize(6)
        .satisfies(part -> assertThat(part).startsWith("[part 5 of 8] "), Index.atIndex(4))
        .endsWith("next");
    assertThat(output.text()).contains("its last parts are dropped");
  }

  @Test
  void fullCallEndsBeforeTheNextLine() throws Exception {
    List<LogRecord> lines = Collections.nCopies(41, lineOf(100_000));

    PackedBatch packed = pack(lines);

    assertThat(packed.part().records()).isEqualTo(40);
    assertThat(total(packed)).isEqualTo(RecordPacker.CALL_BYTES_MAX);
    assertRangesHaveNoGaps(packed, 40);
  }

  @Test
  void callHasAtMostFiveHundredRecords() throws Exception {
    // The worst case: no two consecutive lines fit into one record.
    List<LogRecord> lines = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      lines.add(lineOf(i % 2 == 0 ? 100 : RecordShape.BYTES_TARGET - 99));
    }

    PackedBatch packed = pack(lines);

    assertWithinLimits(packed);
    assertThat(packed.records()).hasSizeLessThan(100);
    assertThat(total(packed)).isGreaterThan(RecordPacker.CALL_BYTES_MAX - RecordShape.BYTES_TARGET);
  }

  @Test
  void everyCallOfALargeBatchMakesProgress() throws Exception {
    List<LogRecord> lines =
        Collections.nCopies(20, Records.line("\u0001".repeat(KinesisSink.BATCH_BYTES_MAX / 20)));
    int calls = 0;
    while (!lines.isEmpty()) {
      PackedBatch packed = pack(lines);
      assertWithinLimits(packed);
      assertThat(packed.part().records()).isPositive();
      lines = lines.subList(packed.part().records(), lines.size());
      calls++;
    }
    assertThat(calls).isEqualTo(4);
  }

  /// A line of this length when encoded.
  private static LogRecord lineOf(int bytes) {
    return Records.ofBytes(bytes - OVERHEAD_BYTES);
  }

  private String ndjson(List<LogRecord> records) throws Exception {
    BodyBuffer out = new BodyBuffer(0);
    for (LogRecord record : records) {
      encoder.write(record, out);
    }
    return new String(out.toByteArray(), UTF_8);
  }

  private PackedBatch pack(List<LogRecord> records) throws IOException {
    return packer.pack(records, Long.MAX_VALUE);
  }
}
