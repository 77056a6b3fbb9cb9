package dev.logshipper.lifecycle;

import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.FlushMode;
import dev.logshipper.testkit.Wait;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The hold of invocations until a send has succeeded.
@Timeout(30)
class FirstHoldTest {
  private static final long LONG = 60_000;
  private static final long NOW = 1_000_000;

  @Test
  void firstFlushHoldsForAShortTimeFromTheReportedEndAndGoesOn() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      CountDownLatch release = new CountDownLatch(1);
      CountDownLatch begun = extension.sink.held(release);
      extension.firstHoldMax = Duration.ofMillis(250);
      extension.epochMillisClock = () -> NOW;
      extension.start(FlushMode.AUTO);

      // The hold is over when this process reads of the end.
      invoke(extension, "r-1", NOW - 250);
      extension.awaitNext();
      Wait.open(begun);
      assertThat(extension.sink.arrived()).isEmpty();

      release.countDown();
      extension.platform.shutdown();
      assertThat(extension.ledger().delivered()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {60_000, -60_000})
  void anotherClockOfThePlatformDoesNotChangeTheHold(long differenceMillis) throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      CountDownLatch release = new CountDownLatch(1);
      CountDownLatch begun = extension.sink.held(release);
      extension.firstHoldMax = Duration.ofMillis(20);
      extension.epochMillisClock = () -> NOW;
      extension.start(FlushMode.AUTO);
      invoke(extension, "r-1", NOW + differenceMillis);
      extension.awaitNext();
      Wait.open(begun);
      release.countDown();
    }
  }

  @Test
  void userMayHoldForTheFirstFlush() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      CountDownLatch release = new CountDownLatch(1);
      CountDownLatch begun = extension.sink.held(release);
      extension.firstHoldMax = Duration.ZERO;
      extension.start(FlushMode.END);
      invoke(extension, "r-1", 0);
      Wait.open(begun);
      assertThat(extension.platform.hasNoMoreRequests()).isTrue();
      release.countDown();
      extension.awaitNext();
      assertThat(extension.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void laterFlushesHoldUntilTheyAreSent() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.firstHoldMax = Duration.ofSeconds(20);
      extension.start(FlushMode.AUTO);
      invoke(extension, "r-1", 0);
      extension.awaitNext();
      CountDownLatch release = new CountDownLatch(1);
      CountDownLatch begun = extension.sink.held(release);
      extension.epochMillisClock = () -> NOW;
      invoke(extension, "r-2", NOW - 9_000);
      Wait.open(begun);
      assertThat(extension.platform.hasNoMoreRequests()).isTrue();
      release.countDown();
      extension.awaitNext();
      assertThat(extension.sink.arrived()).hasSize(2);
    }
  }

  private static void invoke(LifecycleHarness extension, String requestId, long endMillis)
      throws Exception {
    extension.platform.invoke(requestId, LONG);
    extension.progress.started(requestId);
    extension.pipeline.accept(lines("a"));
    extension.progress.completed(requestId, endMillis);
  }
}
