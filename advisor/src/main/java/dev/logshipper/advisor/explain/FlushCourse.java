package dev.logshipper.advisor.explain;

import dev.logshipper.advisor.simulation.ShipperRule;
import dev.logshipper.flush.FlushTiming;
import java.util.ArrayList;
import java.util.List;

/// The decisions of the flush policy in the first hour of one environment, as a few phases.
final class FlushCourse implements ShipperRule.Decisions {
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final int PHASES_MAX = 4;

  /// A limit between phases must explain more than chance does, in natural logarithms of the number
  /// of decisions.
  private static final double LIMIT_WEIGHT = 1.5;

  /// The shortest phase, as a share of all decisions.
  private static final double SHARE_MIN = 0.02;

  private final List<FlushPhase> decisions = new ArrayList<>();
  private long beginNanos;
  private boolean isEnded;

  @Override
  public void made(long nowNanos, FlushTiming timing) {
    if (decisions.isEmpty()) {
      beginNanos = nowNanos;
    }
    isEnded |= nowNanos - beginNanos > HOUR_NANOS;
    if (!isEnded) {
      boolean held = timing == FlushTiming.END;
      decisions.add(
          new FlushPhase(decisions.size() + 1, (nowNanos - beginNanos) / 1e9, 1, held ? 1 : 0));
    }
  }

  /// Ends the course, with its environment.
  void end() {
    isEnded = true;
  }

  /// Adjacent phases that differ least become one until few are left, and until the limits between
  /// them are no coincidence.
  List<FlushPhase> phases() {
    double minimum = LIMIT_WEIGHT * Math.log(Math.max(2, decisions.size()));
    List<FlushPhase> phases = runs();
    while (phases.size() > 1) {
      int best = 0;
      double least = Double.MAX_VALUE;
      for (int i = 0; i + 1 < phases.size(); i++) {
        double difference = difference(phases, i);
        if (difference < least) {
          least = difference;
          best = i;
        }
      }
      if (phases.size() <= PHASES_MAX && least > minimum) {
        break;
      }
      phases.set(best, phases.get(best).with(phases.remove(best + 1)));
    }
    return List.copyOf(phases);
  }

  /// The difference of two neighbours; none if one is short. The policy's first decisions, without
  /// history, are a phase of their own.
  private double difference(List<FlushPhase> phases, int index) {
    FlushPhase first = phases.get(index);
    FlushPhase second = phases.get(index + 1);
    int shortest =
        index == 0 ? second.invocations() : Math.min(first.invocations(), second.invocations());
    return shortest < decisions.size() * SHARE_MIN ? 0 : first.difference(second);
  }

  private List<FlushPhase> runs() {
    List<FlushPhase> runs = new ArrayList<>();
    for (FlushPhase decision : decisions) {
      FlushPhase last = runs.isEmpty() ? null : runs.getLast();
      if (last != null && (last.held() == 0) == (decision.held() == 0)) {
        runs.set(runs.size() - 1, last.with(decision));
      } else {
        runs.add(decision);
      }
    }
    return runs;
  }
}
