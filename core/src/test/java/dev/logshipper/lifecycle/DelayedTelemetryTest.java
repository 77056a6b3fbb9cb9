package dev.logshipper.lifecycle;

import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.FlushMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rejected deliveries may contain the reports of invocations.
@Timeout(30)
class DelayedTelemetryTest {
  private static final long LONG = 60_000;

  @Test
  void holdsNoInvocationWhoseEndMayBeInARejectedDelivery() throws Exception {
    try (LifecycleHarness extension = new LifecycleHarness()) {
      extension.start(FlushMode.END).platform.invoke("r-1", LONG);
      extension.progress.started("r-1");
      extension.pipeline.accept(lines("a"));
      assertThat(extension.platform.hasNoMoreRequests()).isTrue();
      extension.progress.telemetryDelayed(true);
      extension.awaitNext();
      assertThat(extension.sink.arrived()).containsExactly("a");
      extension.platform.invoke("r-2", LONG);
      extension.awaitNext();
      extension.progress.telemetryDelayed(false);
      extension.platform.invoke("r-3", LONG);
      extension.progress.started("r-3");
      extension.pipeline.accept(lines("b"));
      assertThat(extension.platform.hasNoMoreRequests()).isTrue();
      extension.progress.completed("r-3", 0);
      extension.awaitNext();
      assertThat(extension.sink.arrived()).containsExactly("a", "b");
    }
  }
}
