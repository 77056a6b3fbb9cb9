package dev.logshipper.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.kinesis.PackedBatch.PackedRecord;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.testkit.CapturedOutput;
import dev.logshipper.sink.testkit.Records;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPackerTest {
  /// What a line has besides its message.
  private static final int OVERHEAD_BYTES =
      "{'timestamp':'2026-11-21T10:15:30.123Z',".length()
          + "'message':'','log_type':'function'}\n".length();

  private final NdjsonEncoder encoder = NdjsonEncoder.plain();
  private final CapturedOutput said = new CapturedOutput();
  private final RecordPacker packer = new RecordPacker(encoder, said.diagnostics());

  @Test
  void fewLinesAreOneRecordEachWithItsNewline() throws Exception {
    PackedBatch packing = packer.pack(Records.lines("a", "b"));

    assertThat(packing.logRecords()).isEqualTo(2);
    assertThat(packing.records()).hasSize(1);
    assertThat(text(packing.records().getFirst()))
        .isEqualTo(
            """
            {"timestamp":"2026-11-21T10:15:30.123Z","message":"a","log_type":"function"}
            {"timestamp":"2026-11-21T10:15:30.123Z","message":"b","log_type":"function"}
            """);
    assertThat(places(packing)).containsExactly("0-1");
  }

  @Test
  void recordsTogetherAreTheLinesInOrder() throws Exception {
    List<LogRecord> lines = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      lines.add(Records.line(i + " " + "x".repeat(i % 700)));
    }

    PackedBatch packing = packer.pack(lines);

    assertThat(packing.logRecords()).isEqualTo(5_000);
    assertThat(text(packing)).isEqualTo(ndjson(lines));
    assertPlacesAreWithoutGaps(packing, 5_000);
  }

  @Test
  void recordIsFilledUpToTheAim() throws Exception {
    int size = RecordPacker.RECORD_BYTES_TARGET / 4;
    PackedBatch packing = packer.pack(Collections.nCopies(9, lineOf(size)));

    assertThat(packing.records())
        .extracting(record -> bytes(record).length)
        .containsExactly(4 * size, 4 * size, size);
    assertThat(places(packing)).containsExactly("0-3", "4-7", "8-8");
  }

  @Test
  void lineThatDoesNotFitAnyMoreBeginsTheNextRecord() throws Exception {
    int size = RecordPacker.RECORD_BYTES_TARGET / 4;
    PackedBatch packing =
        packer.pack(
            List.of(lineOf(size), lineOf(size), lineOf(size), lineOf(size + 1), lineOf(100)));

    assertThat(places(packing)).containsExactly("0-2", "3-4");
  }

  @Test
  void shortLinesAreNeverMoreThanFiveHundredInARecord() throws Exception {
    PackedBatch packing = packer.pack(Collections.nCopies(1_001, Records.line("")));

    assertThat(places(packing)).containsExactly("0-499", "500-999", "1000-1000");
  }

  @Test
  void longLineHasARecordOfItsOwn() throws Exception {
    PackedBatch packing =
        packer.pack(List.of(lineOf(100), lineOf(RecordPacker.RECORD_BYTES_MAX), lineOf(100)));

    assertThat(places(packing)).containsExactly("0-0", "1-1", "2-2");
    assertThat(bytes(packing.records().get(1))).hasSize(RecordPacker.RECORD_BYTES_MAX);
    assertThat(said.lines()).isEmpty();
  }

  @Test
  void lineOneByteTooLongIsSentInPartsAndThatIsSaidOnce() throws Exception {
    LogRecord tooLong = lineOf(RecordPacker.RECORD_BYTES_MAX + 1);
    PackedBatch packing =
        packer.pack(List.of(Records.line("before"), tooLong, Records.line("after")));
    packer.pack(List.of(tooLong));

    List<String> messages = messages(packing);
    assertThat(messages.getFirst()).isEqualTo("before");
    assertThat(messages.getLast()).isEqualTo("after");
    assertThat(joinParts(messages.subList(1, messages.size() - 1))).isEqualTo(tooLong.text());
    assertThat(messages.get(1)).startsWith("[part 1 of 8] x");
    assertThat(said.lines())
        .containsExactly(
            "log-shipper: kinesis: a line is too large for one Firehose record and is sent in"
                + " parts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "€", "😀", "a😀", "ab😀", "abc😀", "\u0001", "\""})
  void partsAreValidAndBeginNeverInsideACharacter(String filling) throws Exception {
    LogRecord line = Records.line(filling.repeat(1_100_000 / filling.getBytes(UTF_8).length));

    PackedBatch packing = packer.pack(List.of(line));

    if (!filling.equals("\u0001")) {
      assertThat(joinParts(messages(packing))).isEqualTo(line.text());
    }
    assertWithinLimits(packing);
  }

  @Test
  void jsonThatIsTooLongIsSentInPartsOfItsText() throws Exception {
    LogRecord json =
        LogRecord.json(
            "2026-11-21T10:15:30.123Z",
            "function",
            "r1",
            ("{\"a\":\"" + "x".repeat(1_100_000) + "\"}").getBytes(UTF_8));

    assertThat(joinParts(messages(packer.pack(List.of(json))))).isEqualTo(json.text());
  }

  @Test
  void lineThatNoCallTakesLosesItsLastPartsVisiblyAndSaid() throws Exception {
    LogRecord control = Records.line("\u0001".repeat(1_000_000));
    PackedBatch packing = packer.pack(List.of(control, Records.line("next")));

    assertWithinLimits(packing);
    assertThat(messages(packing))
        .hasSize(6)
        .satisfies(part -> assertThat(part).startsWith("[part 5 of 8] "), Index.atIndex(4))
        .endsWith("next");
    assertThat(said.text()).contains("its last parts are dropped");
  }

  @Test
  void callThatIsFullLeavesTheRestForAnother() throws Exception {
    List<LogRecord> lines = Collections.nCopies(41, lineOf(100_000));

    PackedBatch packing = packer.pack(lines);

    assertThat(packing.logRecords()).isEqualTo(40);
    assertThat(total(packing)).isEqualTo(RecordPacker.CALL_BYTES_MAX);
    assertPlacesAreWithoutGaps(packing, 40);
  }

  @Test
  void callNeverHasMoreThanFiveHundredRecords() throws Exception {
    // The worst: of two neighbours none ever fits into one record.
    List<LogRecord> lines = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      lines.add(lineOf(i % 2 == 0 ? 100 : RecordPacker.RECORD_BYTES_TARGET - 99));
    }

    PackedBatch packing = packer.pack(lines);

    assertWithinLimits(packing);
    assertThat(packing.records()).hasSizeLessThan(100);
    assertThat(total(packing))
        .isGreaterThan(RecordPacker.CALL_BYTES_MAX - RecordPacker.RECORD_BYTES_TARGET);
  }

  @Test
  void largestBatchOfCoreIsSentWithoutStandingStill() throws Exception {
    List<LogRecord> lines =
        Collections.nCopies(20, Records.line("\u0001".repeat(KinesisSink.BATCH_BYTES_MAX / 20)));
    int calls = 0;
    while (!lines.isEmpty()) {
      PackedBatch packing = packer.pack(lines);
      assertWithinLimits(packing);
      assertThat(packing.logRecords()).isPositive();
      lines = lines.subList(packing.logRecords(), lines.size());
      calls++;
    }
    assertThat(calls).isEqualTo(4);
  }

  /// A line that is so many bytes long when it is encoded.
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

  private static byte[] bytes(PackedRecord record) {
    return record.data().asByteArrayUnsafe();
  }

  private static String text(PackedRecord record) {
    return record.data().asUtf8String();
  }

  private static String text(PackedBatch packing) {
    StringBuilder text = new StringBuilder();
    for (PackedRecord record : packing.records()) {
      text.append(text(record));
    }
    return text.toString();
  }

  private static int total(PackedBatch packing) {
    return packing.records().stream().mapToInt(record -> bytes(record).length).sum();
  }

  private static List<String> places(PackedBatch packing) {
    return packing.records().stream().map(record -> record.first() + "-" + record.last()).toList();
  }

  private static List<String> messages(PackedBatch packing) throws Exception {
    List<String> messages = new ArrayList<>();
    for (String line : text(packing).lines().toList()) {
      JsonReader json = new JsonReader(line.getBytes(UTF_8));
      assertThat(json.find("message".getBytes(UTF_8))).isTrue();
      messages.add(json.string());
    }
    return messages;
  }

  private static String joinParts(List<String> messages) {
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < messages.size(); i++) {
      String mark = "[part " + (i + 1) + " of " + messages.size() + "] ";
      assertThat(messages.get(i)).startsWith(mark);
      whole.append(messages.get(i), mark.length(), messages.get(i).length());
    }
    return whole.toString();
  }

  private static void assertPlacesAreWithoutGaps(PackedBatch packing, int records) {
    int next = 0;
    for (PackedRecord record : packing.records()) {
      assertThat(record.first()).isEqualTo(next);
      next = record.last() + 1;
    }
    assertThat(next).isEqualTo(records);
  }

  private static void assertWithinLimits(PackedBatch packing) {
    assertThat(packing.records()).hasSizeBetween(1, 500);
    assertThat(total(packing)).isLessThanOrEqualTo(RecordPacker.CALL_BYTES_MAX);
    for (PackedRecord record : packing.records()) {
      assertThat(bytes(record)).hasSizeBetween(1, RecordPacker.RECORD_BYTES_MAX);
      assertThat(bytes(record)).endsWith((byte) '\n');
    }
  }
}
