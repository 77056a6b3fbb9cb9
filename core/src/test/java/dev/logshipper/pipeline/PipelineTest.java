package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.line;
import static dev.logshipper.testkit.Records.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Records;
import dev.logshipper.testkit.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PipelineTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final FakeSink sink = new FakeSink();
  private final CapturedOutput said = new CapturedOutput();

  @Test
  void recordsArriveInTheOrderInWhichTheyWereAccepted() throws InterruptedException {
    FakeSink narrow = new FakeSink(new BatchLimits(7, 1_000, 1_000, 3));
    Pipeline pipeline = started(lane("fake", narrow));
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      texts.add("line " + i);
      pipeline.accept(lines("line " + i));
    }
    assertThat(pipeline.flush(in(LONG))).isTrue();
    assertThat(narrow.arrived()).isEqualTo(texts);
    assertThat(narrow.violations()).isZero();
  }

  @Test
  void whatCameBeforeTheStartIsSentToo() throws InterruptedException {
    Pipeline pipeline = Pipelines.of(said, lane("fake", sink));
    pipeline.accept(lines("early"));
    pipeline.start();
    assertThat(pipeline.flush(in(LONG))).isTrue();
    assertThat(sink.arrived()).containsExactly("early");
  }

  @Test
  void flushingNothingSendsNothing() throws InterruptedException {
    Pipeline pipeline = started(lane("fake", sink));
    assertThat(pipeline.flush(in(LONG))).isTrue();
    assertThat(sink.hasNoMoreSent()).isTrue();
  }

  @Test
  void aBatchKnowsWhyItWasCut() throws InterruptedException {
    Pipeline pipeline = started(lane("fake", () -> sink, 10, LONG));
    pipeline.accept(lines("0123456789"));
    assertThat(sink.nextSent()).isNotNull();
    pipeline.accept(lines("a"));
    pipeline.flush(in(LONG));
    assertThat(sink.nextSent()).isNotNull();
    pipeline.accept(lines("b"));
    pipeline.close(in(LONG));
    assertThat(sink.nextSent()).isNotNull();
  }

  @Test
  void asManyRecordsAsTheDestinationTakesAreABatch() throws InterruptedException {
    FakeSink pairs = new FakeSink(new BatchLimits(2, 1_000, 1_000, 0));
    Pipeline pipeline = started(lane("fake", pairs));
    pipeline.accept(lines("a", "b", "c"));
    assertThat(pairs.nextSent()).isNotNull();
    pipeline.close(in(LONG));
    assertThat(pairs.arrived()).containsExactly("a", "b", "c");
  }

  @Test
  void aRecordThatHasWaitedLongEnoughLeavesByItself() throws InterruptedException {
    Pipeline pipeline = started(lane("fake", () -> sink, 1 << 20, Duration.ofMillis(1)));
    pipeline.accept(lines("a"));
    assertThat(sink.nextSent()).isNotNull();
  }

  @Test
  void aLaneGetsOnlyWhatItWants() throws InterruptedException {
    LaneConfig all = lane("fake", sink);
    LaneConfig noFunctions =
        new LaneConfig("none", all.opener(), Set.of("function"), all.batching(), all.retries());
    Pipeline pipeline = started(noFunctions);
    pipeline.accept(lines("a"));
    pipeline.accept(List.of(LogRecord.json("", "platform.start", null, "{}".getBytes(UTF_8))));
    pipeline.flush(in(LONG));
    assertThat(sink.arrived()).containsExactly("{}");
    assertThat(pipeline.ledgers().getFirst().received()).isEqualTo(1);
  }

  @Test
  void aFlushLeavesLanesWithThresholdsAlone() throws InterruptedException {
    FakeSink patient = new FakeSink();
    Batching thresholds = new Batching(1 << 20, 1 << 20, LONG, 2);
    Pipeline pipeline = started(lane("fake", sink), lane("patient", () -> patient, thresholds));
    pipeline.accept(lines("a"));
    pipeline.invocationStarted();
    assertThat(pipeline.flush(in(LONG))).isTrue();
    assertThat(sink.arrived()).containsExactly("a");
    assertThat(patient.hasNoMoreSent()).isTrue();
    pipeline.invocationStarted();
    pipeline.awaitScheduledSends(in(LONG));
    assertThat(patient.nextSent()).isNotNull();
    assertThat(patient.arrived()).containsExactly("a");
  }

  @Test
  void whatReachesAThresholdLeavesTogether() throws InterruptedException {
    Pipeline pipeline = started(lane("fake", () -> sink, new Batching(10, 1_000, LONG, 9)));
    pipeline.accept(lines("0123456789", "0123456789", "0123456789"));
    assertThat(sink.nextSent().records()).hasSize(3);
  }

  @Test
  void nobodyWaitsForMoreWhenTheBufferIsHalfFull() throws InterruptedException {
    FakeSink large = new FakeSink(new BatchLimits(1 << 20, 1 << 30, 1 << 30, 0));
    Batching never = new Batching(1 << 29, 1 << 29, LONG, 1_000);
    Pipeline pipeline = started(lane("fake", () -> large, never));
    pipeline.accept(List.of(Records.ofBytes(Pipelines.BUFFER_BYTES_MAX / 2)));
    assertThat(large.nextSent()).isNotNull();
  }

  @Test
  void aDemandedFlushIsNotWaitedFor() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    sink.held(release);
    Pipeline pipeline = started(lane("fake", sink));
    pipeline.accept(lines("a"));
    pipeline.requestFlush();
    assertThat(sink.nextSent()).isNotNull();
    release.countDown();
  }

  @Test
  void aFlushWaitsForWhatIsBeingSentAlready() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = sink.held(release);
    Pipeline pipeline = started(lane("fake", sink));
    pipeline.accept(lines("a"));
    pipeline.requestFlush();
    Wait.open(begun);
    Thread flush = Thread.ofPlatform().start(() -> flush(pipeline));
    Wait.parked(flush);
    assertThat(sink.arrived()).isEmpty();
    release.countDown();
    Wait.end(flush);
    assertThat(sink.arrived()).containsExactly("a");
  }

  @Test
  void aFlushReturnsAtItsDeadline() throws InterruptedException {
    sink.hanging();
    Pipeline pipeline = started(lane("fake", sink));
    pipeline.accept(lines("a"));
    long start = System.nanoTime();
    assertThat(pipeline.flush(in(Duration.ofMillis(30)))).isFalse();
    assertThat(System.nanoTime() - start).isGreaterThan(29_000_000);
    assertThat(pipeline.typicalSendNanos()).isPresent();
  }

  @Test
  void aDestinationThatWasWaitedForInVainIsNotWaitedForAgain() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    sink.held(release);
    Pipeline pipeline = started(lane("fake", sink));
    pipeline.accept(lines("a"));
    assertThat(pipeline.flush(in(Duration.ofMillis(510)))).isFalse();
    assertThat(pipeline.typicalSendNanos()).isEmpty();
    assertThat(pipeline.flush(in(LONG))).isFalse();
    release.countDown();
    pipeline.close(in(LONG));
    assertThat(pipeline.typicalSendNanos()).isPresent();
  }

  @Test
  void aFlushDoesNotWaitForAnOpenBreaker() throws InterruptedException {
    SendResult down = SendResult.retry("down");
    sink.responding(down, down, down, down);
    Pipeline pipeline = started(lane("fake", sink));
    pipeline.accept(lines("a"));
    assertThat(pipeline.flush(in(LONG))).isFalse();
    assertThat(pipeline.typicalSendNanos()).isEmpty();
    pipeline.close(in(LONG));
    assertThat(said.text()).contains("fake: destination unreachable (down)");
  }

  @Test
  void aFlushDoesNotWaitForADestinationThatAskedToBeLeftAloneForLonger()
      throws InterruptedException {
    sink.responding(SendResult.busy(Duration.ofHours(2), "throttled"));
    Pipeline pipeline = started(lane("fake", sink));
    pipeline.accept(lines("a"));
    assertThat(pipeline.flush(in(Duration.ofSeconds(40)))).isFalse();
    assertThat(pipeline.typicalSendNanos()).isPresent();
  }

  @Test
  void aDeadDestinationCostsTheOthersNothing() throws InterruptedException {
    FakeSink dead = new FakeSink();
    dead.hanging();
    Pipeline pipeline = started(lane("dead", dead), lane("alive", sink));
    pipeline.accept(lines("a", "b"));
    pipeline.requestFlush();
    assertThat(sink.nextSent().records()).hasSize(2);
    List<LaneLedger> ledgers = pipeline.close(in(Duration.ofMillis(200)));
    assertThat(ledgers)
        .containsExactly(
            new LaneLedger("dead", 2, 0, Map.of(), 2, 1, 0),
            new LaneLedger("alive", 2, 2, Map.of(), 0, 1, 0));
  }

  @Test
  void aLaneWithoutASinkDropsAndCounts() throws InterruptedException {
    LaneConfig off = Pipelines.off("off");
    Pipeline pipeline = Pipelines.of(said, off);
    pipeline.accept(lines("early"));
    pipeline.start();
    pipeline.accept(List.of(line("a"), line("b")));
    assertThat(pipeline.close(in(LONG)))
        .containsExactly(new LaneLedger("off", 3, 0, Map.of(DropReason.SINK_OFF, 3L), 0, 0, 0));
    assertThat(pipeline.typicalSendNanos()).isEmpty();
  }

  private Pipeline started(LaneConfig... lanes) {
    Pipeline pipeline = Pipelines.of(said, lanes);
    pipeline.start();
    return pipeline;
  }

  private static void flush(Pipeline pipeline) {
    try {
      pipeline.flush(in(LONG));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
