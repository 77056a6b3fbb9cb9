package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.BatchLimits;
import dev.logshipper.testkit.ManualClock;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Records;
import dev.logshipper.testkit.Wait;
import dev.logshipper.time.Monitor;
import dev.logshipper.time.SystemMonitor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HighWaterMarkTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final ManualClock clock = new ManualClock();
  private final Monitor monitor = new SystemMonitor();
  private final LaneQueue lane = new LaneQueue(Pipelines.off("a"));
  private final RecordStore store =
      new RecordStore(1_000, Overflow.DROP_OLDEST, () -> "id", List.of(lane));
  private final HighWaterMark mark = new HighWaterMark(store, monitor, clock);
  private final AtomicReference<Boolean> answer = new AtomicReference<>();

  @BeforeEach
  void fill() {
    store.append(Records.ofBytes(800), 0);
  }

  @Test
  void whereThereIsRoomNobodyWaits() throws InterruptedException {
    empty();
    assertThat(mark.awaitRoom(10, Duration.ZERO)).isTrue();
  }

  @Test
  void roomThatDoesNotComeIsWaitedForNoLongerThanAllowed() throws InterruptedException {
    HighWaterMark real = new HighWaterMark(store, monitor, System::nanoTime);
    assertThat(real.awaitRoom(10, Duration.ofMillis(20))).isFalse();
    assertThat(mark.awaitRoom(10, Duration.ZERO)).isFalse();
  }

  @Test
  void roomThatComesInTimeIsTaken() throws InterruptedException {
    Thread waiter = waiting();
    empty();
    Wait.end(waiter);
    assertThat(answer.get()).isTrue();
  }

  @Test
  void whoWaitsMakesEachLaneSendWhatItHolds() throws InterruptedException {
    assertThat(lane.flushDemand()).isNull();
    assertThat(mark.awaitRoom(10, Duration.ZERO)).isFalse();
    assertThat(lane.flushDemand()).isEqualTo(Cut.BYTES);
  }

  @Test
  void afterAFreezeInTheWaitNothingIsTakenThoughThereIsRoom() throws InterruptedException {
    Thread waiter = waiting();
    clock.advance(AN_HOUR.plusSeconds(1));
    empty();
    Wait.end(waiter);
    assertThat(answer.get()).isFalse();
  }

  @Test
  void aWaitThatIsALittleTooLongIsNoFreeze() throws InterruptedException {
    Thread waiter = waiting();
    clock.advance(AN_HOUR.plusMillis(100));
    empty();
    Wait.end(waiter);
    assertThat(answer.get()).isTrue();
  }

  @Test
  void whileShuttingDownEverythingIsTaken() throws InterruptedException {
    Thread waiter = waiting();
    clock.advance(AN_HOUR.multipliedBy(5));
    mark.lift();
    Wait.end(waiter);
    assertThat(answer.get()).isTrue();
    assertThat(mark.awaitRoom(1_000_000, AN_HOUR)).isTrue();
  }

  private Thread waiting() {
    Thread waiter =
        Thread.ofPlatform()
            .start(() -> {
              try {
                answer.set(mark.awaitRoom(10, AN_HOUR));
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    Wait.parked(waiter);
    return waiter;
  }

  private void empty() {
    monitor.lock();
    try {
      store.cut(lane, new BatchLimits(10, 10_000, 10_000, 0), 10_000, Cut.FLUSH);
      store.responded(lane, List.of(), List.of());
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }
}
