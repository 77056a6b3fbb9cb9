package dev.logshipper.lifecycle;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.EventSource;
import dev.logshipper.platform.ExtensionEvent;
import dev.logshipper.platform.InvocationTracker;
import dev.logshipper.platform.StatePipe;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The extension's life from its first `/next` to its end, on the main thread: wait, decide, flush,
/// wait again, until the platform says SHUTDOWN.
///
/// The function comes first: whatever happens here ends well before the function's deadline.
public final class Lifecycle {
  /// Left between our own end of an invocation and the function's deadline.
  private static final Duration INVOKE_MARGIN = Duration.ofMillis(250);

  /// Left between our own end and the platform's SIGKILL.
  private static final Duration SHUTDOWN_MARGIN = Duration.ofMillis(300);

  /// The platform gives 2 s, of which the runtime may take 0.6 s.
  private static final Duration SHUTDOWN_MAX = Duration.ofMillis(1400);

  /// The platform's last delivery comes up to 40 ms after SHUTDOWN.
  private static final Duration LAST_DELIVERY_QUIET = Duration.ofMillis(60);

  private static final Duration LAST_DELIVERY_MAX = Duration.ofMillis(300);

  private static final Duration CATCH_UP_MAX = Duration.ofNanos(FlushPolicy.CATCH_UP_NANOS_MAX);

  private final EventSource events;
  private final StatePipe statePipe;
  private final Pipeline pipeline;
  private final Deliveries deliveries;
  private final InvocationTracker invocations;
  private final HeapTrim heapTrim;
  private final FlushPolicy policy;
  private final Duration holdMax;
  private final Duration startNewsMax;
  private final Diagnostics diagnostics;
  private final LongSupplier nanoClock;
  private final InvocationHistory history;
  private Phase phase = Phase.REGISTERED;
  private String previousRequestId = "";
  private boolean flushesBeside;

  /// How many invocations the platform had told of when it failed to tell of one in time. While it
  /// keeps silent, nobody waits for the end of one.
  private long silentSinceStarts = -1;

  /// The side on which the platform delivers.
  public interface Deliveries {
    /// Whether the platform delivers at all.
    boolean areExpected();

    /// Waits until none has come for `quiet`, at the longest until `latest`.
    void awaitQuiet(Duration quiet, Deadline latest) throws InterruptedException;
  }

  /// @param invocations as reported by the deliveries
  public Lifecycle(
      EventSource events,
      StatePipe statePipe,
      Pipeline pipeline,
      Deliveries deliveries,
      InvocationTracker invocations,
      FlushConfig options,
      HeapTrim heapTrim,
      Diagnostics diagnostics,
      LongSupplier nanoClock) {
    this.events = events;
    this.statePipe = statePipe;
    this.pipeline = pipeline;
    this.deliveries = deliveries;
    this.invocations = invocations;
    this.heapTrim = heapTrim;
    this.policy = new FlushPolicy(options.mode(), options.staleness().toNanos());
    this.history = new InvocationHistory(options.staleness().toNanos());
    this.holdMax = options.holdMax();
    this.startNewsMax = options.startNewsMax();
    this.diagnostics = diagnostics;
    this.nanoClock = nanoClock;
  }

  /// Lives until SHUTDOWN.
  ///
  /// @param resumed whether a process before this one has asked for the event that comes next
  /// @param onFunctionArn told the function's ARN at each invocation that names it
  /// @return the final accounts
  /// @throws IOException when the platform gives no more events; nothing can be done then
  public List<LaneLedger> run(boolean resumed, Consumer<String> onFunctionArn)
      throws IOException, InterruptedException {
    if (resumed) {
      events.resumeRequest();
    } else {
      events.requestNext();
    }
    advance(Phase.WAITING);
    // Only now, with nobody waiting for this process: opening sinks loads their client libraries.
    pipeline.start();
    while (true) {
      events.awaitResponse();
      // Before the answer is read: if this process dies after that, nobody else gets it, and the
      // launcher must know that it has to ask again. If it dies before, the next one reads it.
      advance(Phase.INVOKED);
      ExtensionEvent event = events.readNext();
      // Not a switch: the JVM makes a class for one over types, which a first invocation would wait
      // for.
      if (event instanceof ExtensionEvent.Shutdown shutdown) {
        advance(Phase.DRAINING);
        List<LaneLedger> ledgers = drain(shutdown);
        advance(Phase.STOPPED);
        return ledgers;
      }
      if (event instanceof ExtensionEvent.Invoke invoke) {
        onFunctionArn.accept(invoke.functionArn());
        serve(invoke);
      } else {
        diagnostics.warn("an event of unknown type is ignored");
      }
      events.requestNext();
      advance(Phase.WAITING);
      flushBeside();
      heapTrim.consider(pipeline.heldBytes());
    }
  }

  private void serve(ExtensionEvent.Invoke invoke) throws InterruptedException {
    history.invoked(nanoClock.getAsLong());
    history.logged(pipeline.acceptedBytes());
    pipeline.invocationStarted();
    Deadline latest = invoke.deadline().minus(INVOKE_MARGIN);
    FlushPolicy.Situation situation =
        new FlushPolicy.Situation(
            deliveries.areExpected() && !isSilent(), pipeline.typicalSendNanos(), history);
    switch (policy.decide(situation)) {
      case START -> pipeline.flush(latest.atMost(holdMax));
      case END -> flushAtEnd(invoke.requestId(), latest);
      case CATCH_UP -> catchUp(latest.atMost(holdMax));
      case BESIDE -> {
        history.caughtUp(false);
        history.leaveBehind();
        flushesBeside = true;
        pipeline.awaitScheduledSends(latest.atMost(holdMax));
      }
      case NONE -> {
        if (situation.isPromising()) {
          history.leaveBehind();
        } else {
          history.settle();
        }
        pipeline.awaitScheduledSends(latest.atMost(holdMax));
      }
    }
    previousRequestId = invoke.requestId();
  }

  /// Sends what earlier invocations left behind, and waits for it, but briefly.
  private void catchUp(Deadline held) throws InterruptedException {
    Deadline deadline = held.atMost(CATCH_UP_MAX);
    history.caughtUp(
        history.isNewsDue() && invocations.awaitCompletion(previousRequestId, deadline));
    history.leaveBehind();
    pipeline.flush(deadline);
    pipeline.awaitScheduledSends(held);
  }

  /// Begins to send what earlier invocations left behind, if that was decided: only now that nobody
  /// waits for this process any more.
  private void flushBeside() throws InterruptedException {
    if (flushesBeside) {
      flushesBeside = false;
      pipeline.flush(Deadline.after(Duration.ZERO, nanoClock));
    }
  }

  private void flushAtEnd(String requestId, Deadline latest) throws InterruptedException {
    if (history.left() == 0) {
      // What was left behind waits for no flush at the end of a function that may work for long.
      pipeline.expectFlush();
    }
    boolean ended = awaitEnd(requestId, latest);
    long begin = nanoClock.getAsLong();
    Deadline held = latest.atMost(holdMax);
    if (ended) {
      pipeline.flush(held);
    } else {
      pipeline.awaitScheduledSends(held);
    }
    history.flushed(begin, nanoClock.getAsLong());
  }

  /// Waits for the end of an invocation, but only while the platform tells of invocations at all:
  /// what never comes must not hold the function until its timeout.
  private boolean awaitEnd(String requestId, Deadline latest) throws InterruptedException {
    if (!invocations.awaitStart(requestId, latest.atMost(startNewsMax))) {
      silentSinceStarts = invocations.starts();
      return false;
    }
    return invocations.awaitCompletion(requestId, latest);
  }

  private boolean isSilent() {
    return silentSinceStarts == invocations.starts();
  }

  private List<LaneLedger> drain(ExtensionEvent.Shutdown shutdown) throws InterruptedException {
    diagnostics.debug("shutting down: " + shutdown.reason());
    Deadline end = shutdown.deadline().minus(SHUTDOWN_MARGIN).atMost(SHUTDOWN_MAX);
    pipeline.requestFlush();
    if (deliveries.areExpected()) {
      deliveries.awaitQuiet(LAST_DELIVERY_QUIET, end.atMost(LAST_DELIVERY_MAX));
    }
    return pipeline.close(end);
  }

  private void advance(Phase next) throws IOException {
    if (!phase.successors().contains(next)) {
      throw new IllegalStateException(phase + " cannot become " + next);
    }
    phase = next;
    statePipe.write(next.word());
  }
}
