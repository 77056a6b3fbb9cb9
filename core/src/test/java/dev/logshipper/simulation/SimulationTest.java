package dev.logshipper.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Core between simulated platforms and destinations, always with the same seeds. The system
/// property `simulation.seed` selects one seed; `scripts/fuzz simulation` runs fresh ones.
@Timeout(60)
class SimulationTest {
  private static final int SEEDS = 2_000;
  private static final long BUDGET_NANOS = 5_000_000_000L;

  @Test
  void noInvariantIsViolated() throws InterruptedException {
    Long only = Long.getLong("simulation.seed");
    if (only != null) {
      assertNoViolation(only);
      return;
    }
    long start = System.nanoTime();
    for (int seed = 0; seed < SEEDS && System.nanoTime() - start < BUDGET_NANOS; seed++) {
      assertNoViolation(seed);
    }
  }

  private static void assertNoViolation(long seed) throws InterruptedException {
    Simulation.Outcome outcome = Simulation.run(seed);
    assertThat(outcome.violation()).withFailMessage(outcome::report).isNull();
  }

  @Test
  void oneSeedGivesOneTrace() throws InterruptedException {
    for (int seed = 0; seed < 20; seed++) {
      long fingerprint = Simulation.run(seed).fingerprint();
      assertThat(Simulation.run(seed).fingerprint()).isEqualTo(fingerprint);
      assertThat(Simulation.run(seed + 1).fingerprint()).isNotEqualTo(fingerprint);
    }
  }
}
