package dev.logshipper.advisor.simulation;

import dev.logshipper.flush.FlushContext;
import dev.logshipper.flush.FlushPolicy;
import dev.logshipper.flush.FlushTiming;
import dev.logshipper.flush.InvocationHistory;
import dev.logshipper.sink.FlushMode;
import java.util.OptionalLong;

/// Core's policy, applied as its lifecycle does.
public final class ShipperRule implements FlushRule {
  private final FlushPolicy policy;
  private final InvocationHistory history;
  private final Decisions decisions;

  /// Receives each decision.
  @FunctionalInterface
  public interface Decisions {
    /// Called at the start of each invocation.
    ///
    /// @param nowNanos that time
    void made(long nowNanos, FlushTiming timing);
  }

  public ShipperRule(FlushMode mode, long stalenessNanos) {
    this(mode, stalenessNanos, (_, _) -> {});
  }

  public ShipperRule(FlushMode mode, long stalenessNanos, Decisions decisions) {
    this.policy = new FlushPolicy(mode, stalenessNanos);
    this.history = new InvocationHistory(stalenessNanos);
    this.decisions = decisions;
  }

  @Override
  public void serve(SimulatedEnvironment environment) {
    long begin = environment.nanos();
    history.invoked(begin);
    history.logged(environment.bytesDelivered());
    OptionalLong sendNanos = OptionalLong.of(environment.typicalSendNanos());
    FlushTiming timing = policy.decide(new FlushContext(true, sendNanos, history));
    decisions.made(begin, timing);
    switch (timing) {
      case START -> environment.flush(VirtualTime.NEVER);
      case END -> {
        environment.awaitEnd();
        long end = environment.nanos();
        environment.flush(VirtualTime.NEVER);
        history.flushed(end, environment.nanos());
      }
      case BACKLOG_FIRST -> {
        boolean complete =
            history.isRuntimeDoneDue()
                && environment.awaitPrevious(FlushPolicy.BACKLOG_HOLD_NANOS_MAX);
        history.backlogSent(complete);
        environment.flush(begin + FlushPolicy.BACKLOG_HOLD_NANOS_MAX - environment.nanos());
        history.defer();
      }
      case CONCURRENT -> {
        environment.flush(0);
        history.backlogSent(false);
        history.defer();
      }
      case NONE -> history.defer();
    }
  }
}
