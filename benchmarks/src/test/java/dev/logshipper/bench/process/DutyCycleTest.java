package dev.logshipper.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.environment.BashExtension;
import dev.logshipper.sandbox.environment.ExtensionProcess;
import dev.logshipper.sandbox.environment.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DutyCycleTest {
  private static final String BUSY =
      "(while :; do :; done) &\nregister '\"INVOKE\",\"SHUTDOWN\"'\nloop\n";
  private static final double WALL_MILLIS_MIN = 400;

  @TempDir Path folder;

  /// A share of a tenth, with a margin for stopping; a busy machine only makes it less.
  @Test
  void limitsABusyProcessAndInvocationsSucceed() throws Exception {
    try (Sandbox sandbox =
            Sandbox.builder()
                .extensions(new BashExtension(folder).write("busy", BUSY))
                .freeze(false)
                .start();
        DutyCycle _ = new DutyCycle(sandbox, 0.1)) {
      ExtensionProcess busy = sandbox.extensions().getFirst();
      double cpuMillis = busy.cost().cpuMillis();
      long beginNanos = System.nanoTime();
      double wallMillis = 0;
      while (wallMillis < WALL_MILLIS_MIN) {
        assertThat(sandbox.invoke("{}").succeeded()).isTrue();
        wallMillis = (System.nanoTime() - beginNanos) / 1e6;
      }
      assertThat(busy.cost().cpuMillis() - cpuMillis).isLessThan(0.6 * wallMillis);
    }
  }
}
