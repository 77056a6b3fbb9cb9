package dev.logshipper.bench.flush;

import dev.logshipper.advisor.simulation.FlushRule;
import dev.logshipper.advisor.simulation.SimulatedEnvironment;
import dev.logshipper.advisor.simulation.VirtualTime;

/// The simplest rule that could replace `auto`: an invocation is held unless each of the last three
/// intervals was below the bound and misses are left in the budget, which is that of `auto`. If it
/// is not held, the backlog is sent concurrently once it is half as old as the bound.
final class SimpleRule implements FlushRule {
  private static final int INTERVALS = 3;
  private static final double MISS_BUDGET_MAX = 2;
  private static final double MISS_BUDGET_PER_INVOCATION = 1.0 / 200;

  private final long stalenessNanos;
  private double missBudget = MISS_BUDGET_MAX;
  private int shortIntervals;
  private boolean hasBacklog;
  private long backlogSinceNanos;
  private long previousNanos;

  SimpleRule(long stalenessNanos) {
    this.stalenessNanos = stalenessNanos;
  }

  @Override
  public void serve(SimulatedEnvironment environment) {
    long now = environment.nanos();
    if (hasBacklog && now - backlogSinceNanos > stalenessNanos) {
      missBudget -= 1;
    }
    missBudget = Math.min(MISS_BUDGET_MAX, missBudget + MISS_BUDGET_PER_INVOCATION);
    shortIntervals = now - previousNanos < stalenessNanos ? shortIntervals + 1 : 0;
    previousNanos = now;
    if (shortIntervals < INTERVALS || missBudget <= 0) {
      environment.awaitEnd();
      environment.flush(VirtualTime.NEVER);
      hasBacklog = false;
    } else if (!hasBacklog) {
      hasBacklog = true;
      backlogSinceNanos = now;
    } else if (now - backlogSinceNanos >= stalenessNanos / 2) {
      environment.flush(0);
      backlogSinceNanos = now;
    }
  }
}
