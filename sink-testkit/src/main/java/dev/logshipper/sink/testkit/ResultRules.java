package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Results are exact (S8, S9), exceptions are few (S10), and another attempt does no harm (S11).
interface ResultRules {
  int PARTS = 5;

  SinkUnderTest sinkUnderTest();

  @Test
  default void s08ListsExactlyTheRecordsToRetry() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    Batch batch = parts();
    if (!sink.has(Trait.PARTIAL_RETRY)) {
      for (Fault fault : Faults.all()) {
        Outcome outcome = sink.send(batch, fault);
        assertThat(outcome.result() instanceof SendResult.Partial).as("%s", fault).isFalse();
      }
      return;
    }

    assertPartial(sink.send(batch, retrying(1, 3)), List.of(1, 3), List.of());
    assertThat(sink.fixture.arrived()).isEqualTo(texts(batch, 0, 2, 4));
  }

  @Test
  default void s08ListsRecordsAtBothEndsOfTheBatch() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    if (!sink.has(Trait.PARTIAL_RETRY)) {
      return;
    }
    Batch batch = parts();

    assertPartial(sink.send(batch, retrying(0, 1, 2, 4)), List.of(0, 1, 2, 4), List.of());
    assertThat(sink.fixture.arrived()).isEqualTo(texts(batch, 3));
  }

  @Test
  default void s08RemainderArrivesWithTheNextAttempts() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    if (!sink.has(Trait.PARTIAL_RETRY)) {
      return;
    }
    Batch batch = parts();

    sink.send(batch, retrying(1, 3));
    Batch remainder = batch.remainder(List.of(1, 3));
    sink.send(remainder, retrying(0));

    assertThat(sink.send(remainder.remainder(List.of(0)))).matches(Outcome::isDelivered);
    assertThat(sink.fixture.arrived())
        .containsExactlyInAnyOrderElementsOf(Records.texts(batch.records()));
  }

  @Test
  default void s08ListsExactlyTheRejectedRecords() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    if (!sink.has(Trait.PARTIAL_REJECTION)) {
      return;
    }
    Batch batch = parts();

    Fault rejecting = new Fault.Partial(List.of(), List.of(0, 3));
    assertPartial(sink.send(batch, rejecting), List.of(), List.of(0, 3));
    assertThat(sink.fixture.arrived()).isEqualTo(texts(batch, 1, 2, 4));
  }

  @Test
  default void s08DistinguishesRejectedRecordsFromRetries() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    if (!sink.has(Trait.PARTIAL_RETRY) || !sink.has(Trait.PARTIAL_REJECTION)) {
      return;
    }
    Batch batch = parts();

    Fault mixed = new Fault.Partial(List.of(1, 4), List.of(2));
    assertPartial(sink.send(batch, mixed), List.of(1, 4), List.of(2));
    assertThat(sink.fixture.arrived()).isEqualTo(texts(batch, 0, 3));
  }

  /// A sink whose encoded batches always fit reports no progress, and passes.
  @Test
  default void s08ProgressCountsExactlyTheDeliveredRecords() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    Batch batch = sink.batch(LimitRecords.largestOfQuotes(sink.sink().limits()));
    List<String> delivered = new ArrayList<>();

    for (int round = 0; round < AcceptanceRules.ROUNDS_MAX; round++) {
      if (!(sink.send(batch).result() instanceof SendResult.Progress(int count))) {
        return;
      }
      assertThat(count).isBetween(0, batch.records().size() - 1);
      delivered.addAll(Records.texts(batch.records().subList(0, count)));
      assertThat(sink.fixture.arrived().equals(delivered))
          .as("the destination holds the %d records reported", delivered.size())
          .isTrue();
      batch = batch.remainder(count);
    }
  }

  @Test
  default void s09ThrottlingIsARetry() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.send(sink.batch("a line"), Faults.THROTTLE).result())
        .isInstanceOfSatisfying(
            SendResult.Retry.class, retry -> assertThat(retry.after()).isZero());
  }

  @Test
  default void s09PassesOnTheRequestedWait() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    Duration wait = Duration.ofSeconds(7);

    assertThat(sink.send(sink.batch("a line"), new Fault.Throttle(wait)).result())
        .isInstanceOfSatisfying(
            SendResult.Retry.class,
            retry ->
                assertThat(retry.after())
                    .isEqualTo(sink.has(Trait.NAMES_WAIT) ? wait : Duration.ZERO));
  }

  @Test
  default void s09UnavailabilityIsARetry() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.send(sink.batch("a line"), Faults.UNAVAILABLE).result())
        .isInstanceOf(SendResult.Retry.class);
  }

  @Test
  default void s09UnknownOutcomeIsNoRejection() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    for (Fault unknown : Faults.unknownOutcomes()) {
      Outcome outcome = sink.send(sink.batch("a line"), unknown);
      assertThat(outcome.result() instanceof SendResult.Rejected).as("%s", unknown).isFalse();
    }
  }

  @Test
  default void s09PermanentErrorIsARejection() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.send(sink.batch("a line"), Faults.REJECT).result())
        .isInstanceOfSatisfying(
            SendResult.Rejected.class, rejected -> assertThat(rejected.reason()).isNotBlank());
  }

  @Test
  default void s10ThrowsOnlyIoExceptions() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.sendThroughAll("a line");

    assertThat(sink.outcomes())
        .allMatch(outcome -> outcome.result() != null || outcome.thrown() instanceof IOException);
  }

  @Test
  default void s11AttemptAfterAnUnknownOutcomeStoresNoDuplicate() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    Batch batch = sink.batch("a line", "another");

    sink.send(batch, Faults.DISCONNECT);
    sink.send(batch);

    if (sink.has(Trait.IDEMPOTENT)) {
      assertThat(sink.fixture.arrived()).containsExactly("a line", "another");
    } else {
      assertThat(sink.fixture.arrived())
          .as("an idempotent destination declares %s", Trait.IDEMPOTENT)
          .containsExactly("a line", "another", "a line", "another");
    }
  }

  @Test
  default void s11EqualLinesAreNoDuplicates() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.send(sink.batch("a line", "a line"));
    sink.send(sink.batch("a line", "a line"));

    assertThat(sink.fixture.arrived()).containsExactly("a line", "a line", "a line", "a line");
  }

  private static void assertPartial(Outcome outcome, List<Integer> retry, List<Integer> rejected) {
    assertThat(outcome.result())
        .isInstanceOfSatisfying(
            SendResult.Partial.class,
            partial -> {
              assertThat(partial.retry()).isEqualTo(retry);
              assertThat(partial.rejected()).isEqualTo(rejected);
            });
  }

  private static Fault retrying(Integer... indexes) {
    return new Fault.Partial(List.of(indexes), List.of());
  }

  private Batch parts() {
    SinkUnderTest sink = sinkUnderTest();
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      records.add(SinkUnderTest.line(i + "x".repeat(sink.fixture.partialLineBytes() - 1)));
    }
    return sink.batch(records);
  }

  private static List<String> texts(Batch batch, int... indexes) {
    List<String> texts = new ArrayList<>();
    for (int index : indexes) {
      texts.add(batch.records().get(index).text());
    }
    return texts;
  }
}
