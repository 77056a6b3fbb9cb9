package dev.logshipper.lifecycle;

import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.FlushMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The platform invokes and does not tell of it.
@Timeout(30)
class SilentPlatformTest {
  private static final long LONG = 60_000;

  @Test
  void whileThePlatformTellsOfNoInvocationNobodyWaitsForTheEndOfOne() throws Exception {
    try (Life life = new Life()) {
      life.startEventTimeout = Duration.ofMillis(20);
      life.start(FlushMode.END).platform.invoke("r-1", LONG);
      life.awaitNext();
      life.platform.invoke("r-2", LONG);
      life.awaitNext();
      assertThat(life.sink.hasNoMoreSent()).isTrue();
    }
  }

  @Test
  void whenThePlatformSpeaksAgainItIsListenedTo() throws Exception {
    try (Life life = new Life()) {
      life.startEventTimeout = Duration.ofMillis(20);
      life.start(FlushMode.END).platform.invoke("r-1", LONG);
      life.awaitNext();
      life.progress.started("r-2");
      life.progress.completed("r-2");
      life.pipeline.accept(lines("a"));
      life.platform.invoke("r-2", LONG);
      life.awaitNext();
      assertThat(life.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void noInvocationIsHeldWhenNothingIsDelivered() throws Exception {
    try (Life life = new Life()) {
      life.delivering = false;
      life.start(FlushMode.END).platform.invoke("r-1", LONG);
      life.awaitNext();
      assertThat(life.sink.hasNoMoreSent()).isTrue();
    }
  }
}
