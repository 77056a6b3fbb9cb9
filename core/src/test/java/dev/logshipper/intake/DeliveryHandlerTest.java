package dev.logshipper.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Deadline;
import dev.logshipper.testkit.ManualClock;
import dev.logshipper.testkit.RawClient;
import dev.logshipper.testkit.Wait;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeliveryHandlerTest {
  private final Listening listening = new Listening();

  @AfterEach
  void close() {
    listening.close();
  }

  @Test
  void invocationsAreReportedAfterAllRecordsOfTheirDeliveryAreAccepted() throws IOException {
    try (RawClient platform = listening.connect()) {
      platform.post(
          """
          [{"type":"platform.start","record":{"requestId":"r-1"}},
           {"type":"platform.runtimeDone","record":{"requestId":"r-1"}},
           {"type":"platform.start","record":{"requestId":"r-2"}},
           {"type":"function","record":"a"},
           {"type":"function","record":"b"}]\
          """);
      platform.status();
    }
    assertThat(listening.events)
        .containsExactly("started r-1 after 2", "completed r-1 after 2", "started r-2 after 2");
  }

  @Test
  void countsAddUpOverDeliveries() throws IOException {
    try (RawClient platform = listening.connect()) {
      platform.post("[{},1,{\"type\":\"platform.logsDropped\",\"record\":{\"droppedRecords\":4}}]");
      platform.status();
      platform.post("oops").status();
    }
    assertThat(listening.counts()).isEqualTo(new IntakeCounts(2, 3, 4));
  }

  @Test
  @Timeout(20)
  void idleIsAPeriodWithoutADelivery() throws IOException, InterruptedException {
    try (RawClient platform = listening.connect()) {
      platform.post("[]").status();
    }
    long start = System.nanoTime();
    listening
        .listener()
        .awaitIdle(Duration.ofMillis(20), Deadline.after(Duration.ofMinutes(1), System::nanoTime));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(19));
  }

  @Test
  @Timeout(20)
  void firstDeliveryIsWaitedForToTheEnd() throws InterruptedException {
    Deadline latest = Deadline.after(Duration.ofMillis(100), System::nanoTime);
    listening.listener().awaitIdle(Duration.ofMillis(1), latest);
    assertThat(latest.hasPassed()).isTrue();
  }

  @Test
  @Timeout(20)
  void theWaitForIdlenessEndsAtTheDeadline() throws InterruptedException {
    Deadline passed = Deadline.after(Duration.ZERO, new ManualClock());
    listening.listener().awaitIdle(Duration.ofHours(1), passed);
    assertThat(passed.hasPassed()).isTrue();
  }

  @Test
  void aDeliveryRestartsTheIdleTime() throws IOException, InterruptedException {
    ManualClock clock = new ManualClock();
    Deadline latest = Deadline.after(Duration.ofHours(2), clock);
    Thread waiter = Thread.ofPlatform().start(() -> awaitAnHourOfQuiet(latest));
    Wait.parked(waiter);
    clock.advance(Duration.ofMinutes(59));
    try (RawClient platform = listening.connect()) {
      platform.post("[]").status();
      Wait.parked(waiter);
      clock.advance(Duration.ofMinutes(59));
      platform.post("[]").status();
      assertThat(waiter.isAlive()).isTrue();
      clock.advance(Duration.ofMinutes(2));
      platform.post("[]").status();
    }
    Wait.end(waiter);
    assertThat(latest.hasPassed()).isTrue();
  }

  private void awaitAnHourOfQuiet(Deadline latest) {
    try {
      listening.listener().awaitIdle(Duration.ofHours(1), latest);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
