package dev.logshipper.lifecycle;

import dev.logshipper.flush.FlushContext;
import dev.logshipper.flush.FlushPolicy;
import dev.logshipper.flush.InvocationHistory;
import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.EventSource;
import dev.logshipper.platform.ExtensionEvent;
import dev.logshipper.platform.InvocationTracker;
import dev.logshipper.platform.StatePipe;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.FlushMode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The extension's main loop, from the first `/next` to the end of the environment: wait for an
/// event, decide when to flush, flush, wait again, until SHUTDOWN.
///
/// The function takes precedence: everything here ends well before the function's deadline.
public final class Lifecycle {
  /// Time between the next `/next` and the function's deadline.
  private static final Duration INVOKE_MARGIN = Duration.ofMillis(250);

  /// Time between the end of this process and the platform's SIGKILL.
  private static final Duration SHUTDOWN_MARGIN = Duration.ofMillis(300);

  /// The platform allows 2 s, of which the runtime may use 0.6 s.
  private static final Duration SHUTDOWN_MAX = Duration.ofMillis(1400);

  /// The platform's last delivery arrives up to 40 ms after SHUTDOWN.
  private static final Duration LAST_DELIVERY_IDLE = Duration.ofMillis(60);

  private static final Duration LAST_DELIVERY_MAX = Duration.ofMillis(300);

  /// An end that was longer ago is by another clock.
  private static final long LATE_START_MILLIS_MAX = 10_000;

  private static final Duration BACKLOG_HOLD_MAX =
      Duration.ofNanos(FlushPolicy.BACKLOG_HOLD_NANOS_MAX);

  private final EventSource events;
  private final StatePipe statePipe;
  private final Pipeline pipeline;
  private final TelemetryStream telemetry;
  private final InvocationTracker invocations;
  private final HeapTrimmer heapTrimmer;
  private final FlushPolicy policy;
  private final Duration holdMax;
  private final Duration firstHoldMax;
  private final Duration startEventTimeout;
  private final Diagnostics diagnostics;
  private final LongSupplier nanoClock;
  private final LongSupplier epochMillisClock;
  private final InvocationHistory history;
  private Phase phase = Phase.REGISTERED;
  private String previousRequestId = "";
  private int previousAttempt;
  private boolean sendsConcurrently;

  /// The number of reported starts when the platform failed to report one in time. Until it reports
  /// another, no invocation is held for its end.
  private long silentSinceStarts = -1;

  /// The platform's deliveries.
  public interface TelemetryStream {
    /// Whether the platform delivers to this process at all.
    boolean isSubscribed();

    /// Waits until no delivery has arrived for `quiet`, at most until `latest`.
    void awaitIdle(Duration quiet, Deadline latest) throws InterruptedException;
  }

  /// @param invocations as reported by the platform's deliveries
  public Lifecycle(
      EventSource events,
      StatePipe statePipe,
      Pipeline pipeline,
      TelemetryStream telemetry,
      InvocationTracker invocations,
      FlushConfig options,
      HeapTrimmer heapTrimmer,
      Diagnostics diagnostics,
      LongSupplier nanoClock,
      LongSupplier epochMillisClock) {
    this.events = events;
    this.statePipe = statePipe;
    this.pipeline = pipeline;
    this.telemetry = telemetry;
    this.invocations = invocations;
    this.heapTrimmer = heapTrimmer;
    this.policy = new FlushPolicy(options.mode(), options.staleness().toNanos());
    this.history = new InvocationHistory(options.staleness().toNanos());
    this.holdMax = options.holdMax();
    Duration first = options.firstHoldMax();
    this.firstHoldMax = first.compareTo(holdMax) < 0 ? first : holdMax;
    this.startEventTimeout = options.startEventTimeout();
    this.diagnostics = diagnostics;
    this.nanoClock = nanoClock;
    this.epochMillisClock = epochMillisClock;
  }

  /// Runs until SHUTDOWN.
  ///
  /// @param resumed whether a predecessor has already requested the next event
  /// @param onFunctionArn receives the function's ARN of each invocation that has one
  /// @return the final ledgers
  /// @throws IOException when the platform sends no more events; there is no recovery
  public List<LaneLedger> run(boolean resumed, Consumer<String> onFunctionArn)
      throws IOException, InterruptedException {
    if (resumed) {
      events.resumeRequest();
    } else {
      events.requestNext();
    }
    advance(Phase.WAITING);
    // Only now that nothing waits for this process: opening sinks loads their client libraries.
    pipeline.start();
    while (true) {
      events.awaitResponse();
      // Before the response is read: if this process dies later, the event is lost, and the
      // launcher must know that the next process has to request another one. If it dies earlier,
      // the next process reads the response.
      advance(Phase.INVOKED);
      ExtensionEvent event = events.readNext();
      // Not a switch: the JVM generates a class for a switch over types, which would delay the
      // first invocation.
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
        diagnostics.warn("ignoring an event of unknown type");
      }
      events.requestNext();
      advance(Phase.WAITING);
      flushConcurrently();
      heapTrimmer.trim(pipeline.heldBytes());
    }
  }

  private void serve(ExtensionEvent.Invoke invoke) throws InterruptedException {
    int attempt = invocations.invoked(invoke.requestId());
    history.invoked(nanoClock.getAsLong());
    history.logged(pipeline.acceptedBytes());
    pipeline.invocationStarted();
    Deadline latest = invoke.deadline().minus(INVOKE_MARGIN);
    FlushContext context =
        new FlushContext(
            telemetry.isSubscribed() && !isSilent(), pipeline.typicalSendNanos(), history);
    switch (policy.decide(context)) {
      case START -> pipeline.flush(latest.atMost(holdMax()));
      case END -> flushAtEnd(invoke.requestId(), attempt, latest);
      case BACKLOG_FIRST -> sendBacklogFirst(latest.atMost(holdMax()));
      case CONCURRENT -> {
        history.backlogSent(false);
        history.defer();
        sendsConcurrently = true;
        pipeline.awaitScheduledSends(latest.atMost(holdMax()));
      }
      case NONE -> {
        if (context.canDeliver()) {
          history.defer();
        } else {
          history.clearBacklog();
        }
        pipeline.awaitScheduledSends(latest.atMost(holdMax()));
      }
    }
    previousRequestId = invoke.requestId();
    previousAttempt = attempt;
  }

  /// Sends the backlog of earlier invocations and waits for it, but briefly.
  private void sendBacklogFirst(Deadline held) throws InterruptedException {
    Deadline deadline = held.atMost(BACKLOG_HOLD_MAX);
    history.backlogSent(
        history.isRuntimeDoneDue()
            && invocations.awaitCompletion(previousRequestId, previousAttempt, deadline));
    history.defer();
    pipeline.flush(deadline);
    pipeline.awaitScheduledSends(held);
  }

  /// Starts to send the backlog of earlier invocations, if the policy decided so: only now that
  /// nothing waits for this process any more.
  private void flushConcurrently() throws InterruptedException {
    if (sendsConcurrently) {
      sendsConcurrently = false;
      pipeline.flush(Deadline.after(Duration.ZERO, nanoClock));
    }
  }

  private void flushAtEnd(String requestId, int attempt, Deadline latest)
      throws InterruptedException {
    if (history.backlog() == 0) {
      // A backlog does not wait for the end of an invocation that may run for minutes.
      pipeline.expectFlush();
    }
    boolean ended = awaitEnd(requestId, attempt, latest);
    long begin = nanoClock.getAsLong();
    Deadline held = latest.atMost(ended ? holdMaxAfterEnd(requestId) : holdMax());
    if (ended) {
      pipeline.flush(held);
    } else {
      pipeline.awaitScheduledSends(held);
    }
    history.flushed(begin, nanoClock.getAsLong());
  }

  /// The longest hold. A first send needs much CPU, of which a function may have little, so an
  /// invocation is held for less then; the send goes on with the next one or SHUTDOWN.
  private Duration holdMax() {
    return isBeforeFirstSend() ? firstHoldMax : holdMax;
  }

  /// The longest hold of an invocation that has ended. Before the first send, this process may have
  /// started too late to read of the end at once.
  private Duration holdMaxAfterEnd(String requestId) {
    if (!isBeforeFirstSend()) {
      return holdMax;
    }
    long heldMillis = epochMillisClock.getAsLong() - invocations.completedMillis(requestId);
    boolean isPlausible = heldMillis > 0 && heldMillis < LATE_START_MILLIS_MAX;
    return isPlausible
        ? firstHoldMax.minusMillis(Math.min(heldMillis, firstHoldMax.toMillis()))
        : firstHoldMax;
  }

  private boolean isBeforeFirstSend() {
    return policy.mode() == FlushMode.AUTO && !pipeline.hasSent();
  }

  /// Waits for the end of an invocation, but only while the platform reports invocations at all: a
  /// report that never arrives must not hold the function until its timeout.
  private boolean awaitEnd(String requestId, int attempt, Deadline latest)
      throws InterruptedException {
    if (!invocations.awaitStart(requestId, attempt, latest.atMost(startEventTimeout))) {
      silentSinceStarts = invocations.starts();
      return false;
    }
    // A delay of telemetry that has ended meanwhile does not show that its end will be reported.
    return !invocations.hasStarted(requestId, attempt)
        || invocations.awaitCompletion(requestId, attempt, latest);
  }

  private boolean isSilent() {
    return silentSinceStarts == invocations.starts();
  }

  private List<LaneLedger> drain(ExtensionEvent.Shutdown shutdown) throws InterruptedException {
    diagnostics.debug("shutting down: " + shutdown.reason());
    Deadline end = shutdown.deadline().minus(SHUTDOWN_MARGIN).atMost(SHUTDOWN_MAX);
    pipeline.requestFlush();
    if (telemetry.isSubscribed()) {
      telemetry.awaitIdle(LAST_DELIVERY_IDLE, end.atMost(LAST_DELIVERY_MAX));
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
