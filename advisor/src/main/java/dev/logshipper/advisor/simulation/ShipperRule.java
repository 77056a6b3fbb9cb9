package dev.logshipper.advisor.simulation;

import dev.logshipper.flush.FlushContext;
import dev.logshipper.flush.FlushPolicy;
import dev.logshipper.flush.InvocationHistory;
import dev.logshipper.sink.FlushMode;
import java.util.OptionalLong;

/// Core's policy, applied as its lifecycle does.
public final class ShipperRule implements FlushRule {
  private final FlushPolicy policy;
  private final InvocationHistory history;

  public ShipperRule(FlushMode mode, long stalenessNanos) {
    this.policy = new FlushPolicy(mode, stalenessNanos);
    this.history = new InvocationHistory(stalenessNanos);
  }

  @Override
  public void serve(SimulatedEnvironment environment) {
    long begin = environment.nanos();
    history.invoked(begin);
    OptionalLong sendNanos = OptionalLong.of(environment.typicalSendNanos());
    switch (policy.decide(new FlushContext(true, sendNanos, history))) {
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
