package dev.logshipper.lifecycle;

import dev.logshipper.flush.FlushContext;
import dev.logshipper.flush.FlushPolicy;
import dev.logshipper.flush.InvocationHistory;
import dev.logshipper.sink.FlushMode;
import java.util.OptionalLong;

/// Lets a simulation in another package do what [Lifecycle] does at each invocation, without its
/// threads.
public final class SimulatedTurn {
  private final FlushPolicy policy;
  private final InvocationHistory history;

  /// What a simulation lends to a turn.
  public interface World {
    /// Time now.
    long nanos();

    /// What a send usually takes.
    long sendNanos();

    /// Waits for the lines of the invocation before this one.
    ///
    /// @return false when they did not come in time
    boolean awaitPrevious(long nanosMax);

    /// Waits for the end of this invocation.
    void awaitEnd();

    /// Sends all that is here and waits for it.
    void flush(long nanosMax);
  }

  public SimulatedTurn(FlushMode mode, long stalenessNanos) {
    this.policy = new FlushPolicy(mode, stalenessNanos);
    this.history = new InvocationHistory(stalenessNanos);
  }

  /// From the invocation's beginning until the next event is asked for.
  public void serve(World world) {
    long begin = world.nanos();
    history.invoked(begin);
    switch (policy.decide(new FlushContext(true, OptionalLong.of(world.sendNanos()), history))) {
      case START -> world.flush(Long.MAX_VALUE);
      case END -> {
        world.awaitEnd();
        long end = world.nanos();
        world.flush(Long.MAX_VALUE);
        history.flushed(end, world.nanos());
      }
      case BACKLOG_FIRST -> {
        boolean complete =
            history.isRuntimeDoneDue() && world.awaitPrevious(FlushPolicy.BACKLOG_HOLD_NANOS_MAX);
        history.backlogSent(complete);
        world.flush(begin + FlushPolicy.BACKLOG_HOLD_NANOS_MAX - world.nanos());
        history.defer();
      }
      case CONCURRENT -> {
        world.flush(0);
        history.backlogSent(false);
        history.defer();
      }
      case NONE -> history.defer();
    }
  }
}
