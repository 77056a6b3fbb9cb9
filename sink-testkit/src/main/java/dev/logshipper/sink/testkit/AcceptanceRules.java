package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A sink accepts batches up to its limits with any content (S3), one after another (S4).
interface AcceptanceRules {
  int ROUNDS_MAX = 20;

  Map<String, String> FIELDS =
      Map.of("message", "other", "time", "0", "level", "WARN", "user.id", "\"1\"", "9-/:@", "é");

  SinkUnderTest sinkUnderTest();

  @Test
  default void s03AcceptsTheMaximumNumberOfRecords() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertArrives(sink.batch(LimitRecords.most(sink.sink().limits())));
  }

  @Test
  default void s03AcceptsTheMaximumNumberOfBytes() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertArrives(sink.batch(LimitRecords.largest(sink.sink().limits())));
  }

  @Test
  default void s03AcceptsARecordOfMaximumLength() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    int bytes = LimitRecords.longestContent(sink.sink().limits());

    assertArrives(sink.batch(LimitRecords.letters(new Random(1), bytes)));
  }

  /// The limits count bytes before encoding; an encoded quote may need two. Only the sink can
  /// handle that.
  @Test
  default void s03AcceptsContentThatGrowsWhenEncoded() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    BatchLimits limits = sink.sink().limits();

    Batch one = sink.batch("\"".repeat(LimitRecords.longestContent(limits)));
    assertThat(sink.sendToTheEnd(one, ROUNDS_MAX)).matches(Outcome::isDelivered);
    Batch many = sink.batch(LimitRecords.largestOfQuotes(limits));
    assertThat(sink.sendToTheEnd(many, ROUNDS_MAX)).matches(Outcome::isDelivered);
  }

  /// The last record has fields with names that a destination may use itself, or not allow. With
  /// [Trait#LOSSY], all is accepted, and only the plain line has to arrive unchanged.
  @Test
  default void s03PreservesAnyContent() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    int bytes = Math.min(1 << 20, LimitRecords.longestContent(sink.sink().limits()));
    Batch texts =
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
            "x".repeat(bytes));
    List<LogRecord> records = new ArrayList<>(texts.records());
    records.add(SinkUnderTest.line("with fields").withFields(FIELDS));

    if (sink.has(Trait.LOSSY)) {
      assertArrivesLossily(sink.batch(records), "plain");
    } else {
      assertArrives(sink.batch(records));
    }
  }

  @Test
  default void s03AcceptsRecordsInJson() throws Exception {
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
  default void s04BatchesArriveInTheOrderSent() throws Exception {
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

    // A sink may send a large batch in several parts.
    assertThat(sink.sendToTheEnd(batch, ROUNDS_MAX)).matches(Outcome::isDelivered);
    assertThat(Excerpt.ofDifference(Records.texts(batch.records()), sink.fixture.arrived()))
        .isEmpty();
  }

  private void assertArrivesLossily(Batch batch, String plainLine) throws InterruptedException {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.sendToTheEnd(batch, ROUNDS_MAX)).matches(Outcome::isDelivered);
    List<String> arrived = sink.fixture.arrived();
    assertThat(arrived.contains(plainLine)).as("the plain line arrives unchanged").isTrue();
    assertThat(Excerpt.ofDifference(Records.texts(batch.records()), arrived))
        .as("with Trait.LOSSY, some content arrives altered; remove the trait")
        .isNotEmpty();
  }
}
