package dev.logshipper.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.Pipeline.Overflow;
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
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BufferBackpressureTest {
  private static final BatchLimits LIMITS = BatchLimits.ofBytes(10_000);
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final ManualClock clock = new ManualClock();
  private final Monitor monitor = new SystemMonitor();
  private final MemoryBound memory = new MemoryBound(1_000);
  private final Lane lane = new Lane(Pipelines.off("a"), memory, () -> 0.5);
  private final RecordBuffer buffer = buffer(clock);
  private final AtomicReference<Boolean> answer = new AtomicReference<>();

  @BeforeEach
  void fill() {
    buffer.append(List.of(Records.ofBytes(800)));
  }

  @Test
  void aDeliveryThatFitsDoesNotWait() throws InterruptedException {
    empty();
    assertThat(buffer.awaitRoom(10, Duration.ZERO)).isTrue();
  }

  @Test
  void theWaitForRoomIsLimited() throws InterruptedException {
    RecordBuffer real = buffer(System::nanoTime);
    assertThat(real.awaitRoom(10, Duration.ofMillis(20))).isFalse();
    assertThat(buffer.awaitRoom(10, Duration.ZERO)).isFalse();
  }

  @Test
  void roomThatBecomesFreeInTimeIsUsed() throws InterruptedException {
    Thread waiter = waiting();
    empty();
    Wait.end(waiter);
    assertThat(answer.get()).isTrue();
  }

  @Test
  void aWaitingDeliveryMakesEachLaneSendItsRecords() throws InterruptedException {
    assertThat(isBatchDue()).isFalse();
    assertThat(buffer.awaitRoom(10, Duration.ZERO)).isFalse();
    assertThat(isBatchDue()).isTrue();
  }

  @Test
  void afterAFreezeDuringTheWaitNothingIsAcceptedThoughThereIsRoom() throws InterruptedException {
    Thread waiter = waiting();
    clock.advance(AN_HOUR.plusSeconds(1));
    empty();
    Wait.end(waiter);
    assertThat(answer.get()).isFalse();
  }

  @Test
  void aWaitThatEndsALittleLateIsNoFreeze() throws InterruptedException {
    Thread waiter = waiting();
    clock.advance(AN_HOUR.plusMillis(100));
    empty();
    Wait.end(waiter);
    assertThat(answer.get()).isTrue();
  }

  @Test
  void duringAShutdownEverythingIsAccepted() throws InterruptedException {
    Thread waiter = waiting();
    clock.advance(AN_HOUR.multipliedBy(5));
    buffer.change(buffer::liftBackpressure);
    Wait.end(waiter);
    assertThat(answer.get()).isTrue();
    assertThat(buffer.awaitRoom(1_000_000, AN_HOUR)).isTrue();
  }

  private RecordBuffer buffer(LongSupplier nanoClock) {
    return new RecordBuffer(List.of(lane), memory, Overflow.DROP_OLDEST, monitor, nanoClock);
  }

  private boolean isBatchDue() {
    return lane.trigger.isDue(LIMITS, false, 0);
  }

  private Thread waiting() {
    Thread waiter =
        Thread.ofPlatform()
            .start(() -> {
              try {
                answer.set(buffer.awaitRoom(10, AN_HOUR));
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
      InFlight batch = requireNonNull(lane.startBatch(LIMITS, Long.MAX_VALUE, () -> "id"));
      lane.responses.responded(batch, List.of(), List.of());
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }
}
