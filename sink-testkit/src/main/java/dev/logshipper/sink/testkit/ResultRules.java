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

/// What the results say (S8, S9), what is thrown (S10), and that a repetition does no harm (S11).
interface ResultRules {
  int PARTS = 5;

  SinkUnderTest sinkUnderTest();

  @Test
  default void s08NamesExactlyWhatWasNotTaken() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    Batch batch = parts();
    if (!sink.has(Trait.PARTIAL)) {
      for (Fault fault : Faults.all()) {
        Outcome outcome = sink.send(batch, fault);
        assertThat(outcome.result() instanceof SendResult.Partial).as("%s", fault).isFalse();
      }
      return;
    }

    assertThat(sink.send(batch, new Fault.Partial(List.of(1, 3))).result())
        .isInstanceOfSatisfying(
            SendResult.Partial.class, partial -> assertThat(partial.retry()).containsExactly(1, 3));
    assertThat(sink.fixture.arrived()).isEqualTo(texts(batch, 0, 2, 4));
  }

  @Test
  default void s08NamesTheEndsOfABatch() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    if (!sink.has(Trait.PARTIAL)) {
      return;
    }
    Batch batch = parts();

    assertThat(sink.send(batch, new Fault.Partial(List.of(0, 1, 2, 4))).result())
        .isInstanceOfSatisfying(
            SendResult.Partial.class,
            partial -> assertThat(partial.retry()).containsExactly(0, 1, 2, 4));
    assertThat(sink.fixture.arrived()).isEqualTo(texts(batch, 3));
  }

  @Test
  default void s08WhatWasLeftArrivesWhenItIsSentAgain() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    if (!sink.has(Trait.PARTIAL)) {
      return;
    }
    Batch batch = parts();

    sink.send(batch, new Fault.Partial(List.of(1, 3)));
    Batch left = batch.remainder(List.of(1, 3));
    sink.send(left, new Fault.Partial(List.of(0)));

    assertThat(sink.send(left.remainder(List.of(0)))).matches(Outcome::isDelivered);
    assertThat(sink.fixture.arrived())
        .containsExactlyInAnyOrderElementsOf(Records.texts(batch.records()));
  }

  @Test
  default void s09ThrottledIsWorthAnotherAttempt() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.send(sink.batch("a line"), Faults.THROTTLE).result())
        .isInstanceOfSatisfying(
            SendResult.Retry.class, retry -> assertThat(retry.after()).isZero());
  }

  @Test
  default void s09PassesOnHowLongToWait() throws Exception {
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
  default void s09UnavailableIsWorthAnotherAttempt() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.send(sink.batch("a line"), Faults.UNAVAILABLE).result())
        .isInstanceOf(SendResult.Retry.class);
  }

  @Test
  default void s09UnknownOutcomeIsWorthAnotherAttempt() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    for (Fault unknown : Faults.unknownOutcomes()) {
      Outcome outcome = sink.send(sink.batch("a line"), unknown);
      assertThat(outcome.result() instanceof SendResult.Rejected).as("%s", unknown).isFalse();
    }
  }

  @Test
  default void s09RefusedIsNotWorthAnotherAttempt() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.send(sink.batch("a line"), Faults.REJECT).result())
        .isInstanceOfSatisfying(
            SendResult.Rejected.class, rejected -> assertThat(rejected.reason()).isNotBlank());
  }

  @Test
  default void s10ThrowsNothingButIoExceptions() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.sendThroughAll("a line");

    assertThat(sink.outcomes())
        .allMatch(outcome -> outcome.result() != null || outcome.thrown() instanceof IOException);
  }

  @Test
  default void s11RepetitionAfterAnUnknownOutcomeDoublesNothing() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    Batch batch = sink.batch("a line", "another");

    sink.send(batch, Faults.DISCONNECT);
    sink.send(batch);

    if (sink.has(Trait.IDEMPOTENT)) {
      assertThat(sink.fixture.arrived()).containsExactly("a line", "another");
    } else {
      assertThat(sink.fixture.arrived())
          .as("if this is %s, the fixture must say so", Trait.IDEMPOTENT)
          .containsExactly("a line", "another", "a line", "another");
    }
  }

  @Test
  default void s11EqualLinesAreNotTakenForRepetitions() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.send(sink.batch("a line", "a line"));
    sink.send(sink.batch("a line", "a line"));

    assertThat(sink.fixture.arrived()).containsExactly("a line", "a line", "a line", "a line");
  }

  private Batch parts() {
    SinkUnderTest sink = sinkUnderTest();
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      records.add(SinkUnderTest.line(i + "x".repeat(sink.fixture.partialLineBytes() - 1)));
    }
    return sink.batch(records);
  }

  private static List<String> texts(Batch batch, int... places) {
    List<String> texts = new ArrayList<>();
    for (int place : places) {
      texts.add(batch.records().get(place).text());
    }
    return texts;
  }
}
