package dev.logshipper.lifecycle;

import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.FlushMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The platform invokes and reports nothing.
@Timeout(30)
class SilentPlatformTest {
  private static final long LONG = 60_000;

  @Test
  void holdsNoInvocationWhileThePlatformReportsNone() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.startEventTimeout = Duration.ofMillis(20);
      extension.start(FlushMode.END).platform.invoke("r-1", LONG);
      extension.awaitNext();
      extension.platform.invoke("r-2", LONG);
      extension.awaitNext();
      assertThat(extension.sink.hasNoMoreSent()).isTrue();
    }
  }

  @Test
  void holdsInvocationsAgainWhenThePlatformReportsOne() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.startEventTimeout = Duration.ofMillis(20);
      extension.start(FlushMode.END).platform.invoke("r-1", LONG);
      extension.awaitNext();
      extension.progress.started("r-2");
      extension.progress.completed("r-2", 0);
      extension.pipeline.accept(lines("a"));
      extension.platform.invoke("r-2", LONG);
      extension.awaitNext();
      assertThat(extension.sink.arrived()).containsExactly("a");
    }
  }

  @Test
  void holdsNoInvocationWhenNothingIsDelivered() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.delivering = false;
      extension.start(FlushMode.END).platform.invoke("r-1", LONG);
      extension.awaitNext();
      assertThat(extension.sink.hasNoMoreSent()).isTrue();
    }
  }
}
