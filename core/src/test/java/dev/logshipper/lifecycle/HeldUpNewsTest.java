package dev.logshipper.lifecycle;

import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.FlushMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Deliveries are sent back, and news of invocations may be in them.
@Timeout(30)
class HeldUpNewsTest {
  private static final long LONG = 60_000;

  @Test
  void anInvocationWhoseEndMayBeInARefusedDeliveryIsNotHeldForIt() throws Exception {
    try (Life life = new Life()) {
      life.start(FlushMode.END).platform.invoke("r-1", LONG);
      life.progress.started("r-1");
      life.pipeline.accept(lines("a"));
      assertThat(life.platform.hasNoMoreRequests()).isTrue();
      life.progress.telemetryDelayed(true);
      life.awaitNext();
      assertThat(life.sink.arrived()).containsExactly("a");
      life.platform.invoke("r-2", LONG);
      life.awaitNext();
      life.progress.telemetryDelayed(false);
      life.platform.invoke("r-3", LONG);
      life.progress.started("r-3");
      life.pipeline.accept(lines("b"));
      assertThat(life.platform.hasNoMoreRequests()).isTrue();
      life.progress.completed("r-3");
      life.awaitNext();
      assertThat(life.sink.arrived()).containsExactly("a", "b");
    }
  }
}
