package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static dev.logshipper.testkit.Records.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class SendResultsTest {
  private static final SendResult DOWN = SendResult.retry("down");

  private final FakeSink sink = new FakeSink();
  private final CapturedOutput said = new CapturedOutput();

  @Test
  void aRetryRepeatsTheSameBatchUnderTheSameId() throws InterruptedException {
    sink.responding(DOWN, DOWN);
    LaneLedger ledger = send("a", "b");
    Batch first = sink.nextSent();
    assertThat(sink.nextSent()).isSameAs(first);
    assertThat(sink.nextSent()).isSameAs(first);
    assertThat(sink.arrived()).containsExactly("a", "b");
    assertThat(ledger).isEqualTo(new LaneLedger("fake", 2, 2, Map.of(), 0, 3, 2));
  }

  @Test
  void anIoExceptionIsARetry() throws InterruptedException {
    sink.responding((batch, deadline) -> {
      throw new IOException("hunter2");
    });
    assertThat(send("a").delivered()).isEqualTo(1);
    assertThat(sink.nextSent().id()).isEqualTo(sink.nextSent().id());
  }

  @Test
  void whatAPartialSuccessLeftIsSentInOrderUnderADerivedId() throws InterruptedException {
    sink.responding(
        new SendResult.Partial(List.of(1, 3), List.of(), "throttled"),
        new SendResult.Partial(List.of(0), List.of(), "throttled"));
    LaneLedger ledger = send("a", "b", "c", "d");
    Batch first = sink.nextSent();
    Batch second = sink.nextSent();
    Batch third = sink.nextSent();
    assertThat(texts(second.records())).containsExactly("b", "d");
    assertThat(texts(third.records())).containsExactly("b");
    assertThat(second.id()).startsWith(first.id()).isNotEqualTo(first.id());
    assertThat(third.id()).startsWith(first.id()).isNotEqualTo(second.id());
    assertThat(ledger).isEqualTo(new LaneLedger("fake", 4, 4, Map.of(), 0, 3, 2));
  }

  @Test
  void progressGoesOnAtOnceAndIsNoRetry() throws InterruptedException {
    sink.responding(new SendResult.Progress(1), new SendResult.Progress(2));
    LaneLedger ledger = flush(patient(sink), "a", "b", "c", "d");
    Batch first = sink.nextSent();
    Batch second = sink.nextSent();
    Batch third = sink.nextSent();
    assertThat(texts(second.records())).containsExactly("b", "c", "d");
    assertThat(texts(third.records())).containsExactly("d");
    assertThat(second.id()).startsWith(first.id()).isNotEqualTo(first.id());
    assertThat(third.id()).startsWith(first.id()).isNotEqualTo(second.id());
    assertThat(ledger).isEqualTo(new LaneLedger("fake", 4, 4, Map.of(), 0, 3, 0));
  }

  @Test
  void progressOfNothingGoesOnWithTheSameBatch() throws InterruptedException {
    sink.responding(new SendResult.Progress(0), new SendResult.Progress(1));
    LaneLedger ledger = flush(patient(sink), "a", "b");
    assertThat(sink.nextSent()).isSameAs(sink.nextSent());
    assertThat(sink.arrived()).containsExactly("a", "b");
    assertThat(ledger).isEqualTo(new LaneLedger("fake", 2, 2, Map.of(), 0, 3, 0));
  }

  @Test
  void afterFortyTimesInARowProgressOfNothingIsAFailure() throws InterruptedException {
    for (int i = 0; i < 42; i++) {
      sink.responding(new SendResult.Progress(0));
    }
    assertThat(send("a", "b")).isEqualTo(new LaneLedger("fake", 2, 2, Map.of(), 0, 43, 2));
  }

  @Test
  void progressOfSomethingRestartsTheCount() throws InterruptedException {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 40; i++) {
        sink.responding(new SendResult.Progress(0));
      }
      sink.responding(new SendResult.Progress(1));
    }
    LaneLedger ledger = flush(patient(sink), "a", "b", "c");
    assertThat(ledger).isEqualTo(new LaneLedger("fake", 3, 3, Map.of(), 0, 83, 0));
  }

  @Test
  void rejectedRecordsOfAPartialResultAreDroppedAndTheOthersSentAgain()
      throws InterruptedException {
    sink.responding(new SendResult.Partial(List.of(1), List.of(0, 3), "HTTP 400"));
    LaneLedger ledger = send("a", "b", "c", "d");
    sink.nextSent();
    assertThat(texts(sink.nextSent().records())).containsExactly("b");
    assertThat(ledger)
        .isEqualTo(new LaneLedger("fake", 4, 2, Map.of(DropReason.REJECTED, 2L), 0, 2, 1));
    assertThat(said.lines())
        .containsExactly("log-shipper: fake: some records rejected (HTTP 400); records dropped");
  }

  @Test
  void afterAPartialResultWithNothingToRetryTheNextBatchIsSentAtOnce() throws InterruptedException {
    FakeSink pairs = new FakeSink(BatchLimits.ofBytes(100).withRecords(2));
    pairs.responding(
        new SendResult.Partial(List.of(), List.of(0), "HTTP 400"),
        new SendResult.Partial(List.of(), List.of(0, 1), "HTTP 400"));
    LaneLedger ledger = flush(patient(pairs), "a", "b", "c", "d", "e");
    assertThat(pairs.arrived()).containsExactly("b", "e");
    assertThat(ledger)
        .isEqualTo(new LaneLedger("fake", 5, 2, Map.of(DropReason.REJECTED, 3L), 0, 3, 0));
  }

  static Stream<SendResult> impossibleResults() {
    return Stream.of(
        partial(List.of(), List.of()),
        partial(List.of(0, 1, 2), List.of()),
        partial(List.of(1, 0), List.of()),
        partial(List.of(1, 1), List.of()),
        partial(List.of(-1), List.of()),
        partial(List.of(3), List.of()),
        partial(List.of(), List.of(1, 0)),
        partial(List.of(), List.of(1, 1)),
        partial(List.of(), List.of(-1)),
        partial(List.of(), List.of(3)),
        partial(List.of(0, 2), List.of(1, 2)),
        new SendResult.Progress(-1),
        new SendResult.Progress(3),
        new SendResult.Progress(4));
  }

  private static SendResult partial(List<Integer> retry, List<Integer> rejected) {
    return new SendResult.Partial(retry, rejected, "wrong");
  }

  @ParameterizedTest
  @MethodSource("impossibleResults")
  void anImpossibleResultIsARetryOfEverything(SendResult impossible) throws InterruptedException {
    AtomicInteger sends = new AtomicInteger();
    FakeSink wrong = new FakeSink();
    wrong.responding((batch, deadline) -> {
      sends.incrementAndGet();
      throw new IOException();
    });
    LaneLedger ledger = sendTo(lane("fake", new Overruled(wrong, impossible)), "a", "b", "c");
    assertThat(wrong.arrived()).containsExactly("a", "b", "c");
    assertThat(ledger).isEqualTo(new LaneLedger("fake", 3, 3, Map.of(), 0, 2, 1));
    assertThat(sends).hasValue(1);
  }

  @Test
  void aRefusedBatchIsDroppedAndTheNextOneSent() throws InterruptedException {
    FakeSink single = new FakeSink(new BatchLimits(1, 100, 100, 0));
    single.responding(SendResult.rejected("HTTP 403"), SendResult.rejected("HTTP 403"));
    LaneLedger ledger = sendTo(lane("fake", single), "a", "b", "c");
    assertThat(single.arrived()).containsExactly("c");
    assertThat(ledger)
        .isEqualTo(new LaneLedger("fake", 3, 1, Map.of(DropReason.REJECTED, 2L), 0, 3, 0));
    assertThat(said.lines())
        .containsExactly("log-shipper: fake: batch rejected (HTTP 403); records dropped");
  }

  @Test
  void recordsThatTheDestinationRejectsCostNoOther() throws InterruptedException {
    alwaysResponding((batch, deadline) ->
        texts(batch.records()).contains("bad")
            ? SendResult.rejected("HTTP 400")
            : SendResult.DELIVERED);
    LaneLedger ledger = send("a", "bad", "b", "c", "bad", "bad", "d", "e");
    assertThat(sink.arrived()).containsExactly("a", "b", "c", "d", "e");
    assertThat(ledger.dropped()).isEqualTo(Map.of(DropReason.REJECTED, 3L));
    assertThat(said.lines())
        .containsExactly(
            "log-shipper: fake: batch rejected (HTTP 400); halving it",
            "log-shipper: fake: batch rejected (HTTP 400); records dropped");
  }

  @Test
  void destinationThatRejectsAnyBatchIsNotAskedForEachRecord() throws InterruptedException {
    alwaysResponding((batch, deadline) -> SendResult.rejected("HTTP 400"));
    String[] lines = new String[64];
    Arrays.fill(lines, "a");
    LaneLedger ledger = send(lines);
    assertThat(ledger.dropped()).isEqualTo(Map.of(DropReason.REJECTED, 64L));
    // Down to one record, and the other half of each step.
    assertThat(ledger.requests()).isEqualTo(7 + 6);
  }

  @Test
  void aWaitThatNoClockCanCountDoesNotEndTheLane() throws InterruptedException {
    sink.responding(SendResult.busy(Duration.ofSeconds(Long.MAX_VALUE), "throttled"));
    Pipeline pipeline = Pipelines.of(said, lane("fake", sink));
    pipeline.accept(lines("a"));
    pipeline.start();
    assertThat(pipeline.flush(in(Duration.ofSeconds(40)))).isFalse();
    assertThat(pipeline.close(in(Duration.ofSeconds(20))).getFirst().delivered()).isEqualTo(1);
  }

  @Test
  void aNegativeWaitIsNone() throws InterruptedException {
    sink.responding(SendResult.busy(Duration.ofHours(-1), "throttled"));
    assertThat(send("a").delivered()).isEqualTo(1);
  }

  private void alwaysResponding(FakeSink.Response response) {
    for (int i = 0; i < 100; i++) {
      sink.responding(response);
    }
  }

  /// A lane whose every backoff lasts longer than a test.
  private static LaneConfig patient(FakeSink sink) {
    LaneConfig usual = lane("fake", sink);
    LaneConfig.Retries rare = LaneConfig.Retries.every(Duration.ofDays(30));
    return new LaneConfig("fake", usual.opener(), Set.of(), usual.batching(), rare);
  }

  private LaneLedger flush(LaneConfig lane, String... texts) throws InterruptedException {
    Pipeline pipeline = Pipelines.of(said, lane);
    pipeline.accept(lines(texts));
    pipeline.start();
    assertThat(pipeline.flush(in(Duration.ofSeconds(20)))).isTrue();
    return pipeline.ledgers().getFirst();
  }

  /// Everything is sent by closing, so that rests do not take long.
  private LaneLedger send(String... texts) throws InterruptedException {
    return sendTo(lane("fake", sink), texts);
  }

  private LaneLedger sendTo(LaneConfig lane, String... texts) throws InterruptedException {
    Pipeline pipeline = Pipelines.of(said, lane);
    pipeline.accept(lines(texts));
    pipeline.start();
    return pipeline.close(in(Duration.ofSeconds(20))).getFirst();
  }

  /// Replaces the failure of a sink by another result.
  private record Overruled(FakeSink sink, SendResult result) implements Sink {
    @Override
    public BatchLimits limits() {
      return sink.limits();
    }

    @Override
    public SendResult send(Batch batch, Deadline deadline)
        throws IOException, InterruptedException {
      try {
        return sink.send(batch, deadline);
      } catch (IOException _) {
        return result;
      }
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
