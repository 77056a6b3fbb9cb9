package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a sink takes: limits (S2), batches up to these with whatever a line may hold (S3), one
/// after another (S4).
interface AcceptanceRules {
  int RECORDS_TRIED_MAX = 50_000;
  int SHORT_LINE_BYTES = 4;
  int ROUNDS_MAX = 20;

  SinkUnderTest sinkUnderTest();

  @Test
  default void s02LimitsNeverChange() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    Sink opened = sink.sink();
    BatchLimits first = opened.limits();

    sink.send(sink.batch("a line"));
    assertThat(opened.limits()).isEqualTo(first);
    sink.send(sink.batch("another line"), Faults.UNAVAILABLE);
    assertThat(opened.limits()).isEqualTo(first);
  }

  @Test
  default void s03TakesAsManyRecordsAsItAllows() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    BatchLimits limits = sink.sink().limits();
    int fitting = limits.bytesMax() / (limits.recordOverheadBytes() + SHORT_LINE_BYTES);
    int count = Math.min(Math.min(limits.recordsMax(), fitting), RECORDS_TRIED_MAX);
    List<LogRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      records.add(SinkUnderTest.line(Integer.toString(i, 36)));
    }

    assertArrives(sink.batch(records));
  }

  @Test
  default void s03TakesAsManyBytesAsItAllows() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertArrives(sink.batch(fullOf(sink.sink().limits(), null)));
  }

  @Test
  default void s03TakesARecordAsLongAsItAllows() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    BatchLimits limits = sink.sink().limits();
    int bytes = limits.recordBytesMax() - limits.recordOverheadBytes();

    assertArrives(sink.batch(List.of(SinkUnderTest.line(letters(new Random(1), bytes)))));
  }

  /// The limits count bytes as they come; on the wire a quote may need two. The sink knows how to
  /// cope: nobody else could.
  @Test
  default void s03TakesWhatGrowsOnTheWire() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    BatchLimits limits = sink.sink().limits();
    int bytes = limits.recordBytesMax() - limits.recordOverheadBytes();

    Batch one = sink.batch("\"".repeat(bytes));
    assertThat(sink.sendToTheEnd(one, ROUNDS_MAX)).matches(Outcome::isDelivered);
    Batch many = sink.batch(fullOf(limits, '"'));
    assertThat(sink.sendToTheEnd(many, ROUNDS_MAX)).matches(Outcome::isDelivered);
  }

  @Test
  default void s03TakesWhateverALineMayHold() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    BatchLimits limits = sink.sink().limits();
    int bytes = Math.min(1 << 20, limits.recordBytesMax() - limits.recordOverheadBytes());

    assertArrives(
        sink.batch(
            "plain",
            "",
            " leading and trailing ",
            "umlaut ä, emoji 🦊, family 👩‍👩‍👧",
            "nul \0 bell \u0007 escape \u001b[31m delete \u007f",
            "carriage\r\nreturn\nand\ttab",
            "\"",
            "'",
            "back\\slash \\\" \\n \\u0041",
            "line \u2028 paragraph \u2029 bom \ufeff",
            "{\"looks\":\"like JSON\"",
            "[1,2",
            "null",
            "x".repeat(bytes)));
  }

  @Test
  default void s03TakesLinesInJson() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    Batch batch =
        sink.batch(
            List.of(
                SinkUnderTest.json(
                    "{\"level\":\"ERROR\",\"message\":\"marker-1\",\"n\":[1.5,null]}"),
                SinkUnderTest.json("\"marker-2\"")));

    assertThat(sink.send(batch)).matches(Outcome::isDelivered);
    List<String> arrived = sink.fixture.arrived();
    assertThat(arrived).hasSize(2);
    assertThat(arrived.get(0)).contains("marker-1");
    assertThat(arrived.get(1)).contains("marker-2");
  }

  @Test
  default void s04SendsFollowOneAnother() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String text = "line " + i;
      assertThat(sink.send(sink.batch(text))).matches(Outcome::isDelivered);
      sent.add(text);
    }

    assertThat(sink.fixture.arrived()).isEqualTo(sent);
  }

  private void assertArrives(Batch batch) throws InterruptedException {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.send(batch)).matches(Outcome::isDelivered);
    List<String> expected = Records.texts(batch.records());
    List<String> arrived = sink.fixture.arrived();
    // Compared by hand first: a message with megabytes in it helps nobody.
    if (!arrived.equals(expected)) {
      assertThat(arrived).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(arrived.get(i).equals(expected.get(i)))
            .as("line %d arrives as it is: %s", i, beginning(expected.get(i)))
            .isTrue();
      }
    }
  }

  private static String beginning(String text) {
    return text.length() < 100 ? text : text.substring(0, 100);
  }

  /// Records that reach the bytes allowed exactly, or as nearly as the number of records allows.
  private static List<LogRecord> fullOf(BatchLimits limits, @Nullable Character filling) {
    int least = Math.ceilDiv(limits.bytesMax(), limits.recordBytesMax());
    int count = Math.min(limits.recordsMax(), Math.max(least, 8));
    long total = Math.min(limits.bytesMax(), (long) count * limits.recordBytesMax());
    Random random = new Random(2);
    List<LogRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int bytes = (int) (total / count) + (i < total % count ? 1 : 0);
      int content = bytes - limits.recordOverheadBytes();
      records.add(
          SinkUnderTest.line(
              filling == null ? letters(random, content) : filling.toString().repeat(content)));
    }
    return records;
  }

  /// Text that does not compress well.
  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
