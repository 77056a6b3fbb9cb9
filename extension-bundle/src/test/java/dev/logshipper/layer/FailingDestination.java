package dev.logshipper.layer;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/// A stand-in for a sink's destination with failures of every kind, one at a time, each for some
/// invocations. Only the random numbers decide which. Not thread-safe.
final class FailingDestination implements AutoCloseable {
  private static final double TROUBLE_PROBABILITY = 0.01;
  private static final int INVOCATIONS_MAX = 30;
  private static final Duration SLOW = Duration.ofMillis(60);

  /// The kinds of failure.
  enum Trouble {
    UNAVAILABLE,
    THROTTLED,
    RESET_BEFORE_BODY,
    ANSWER_LOST,
    HANGING,
    SLOW,
    CLOSING,
    CLOSED_PORT,
    STALLED,
    IGNORED
  }

  private final BundledSink sink;
  private final Destination destination;
  private final Random random;
  private final Map<Trouble, Integer> troubles = new EnumMap<>(Trouble.class);
  private int invocationsLeft;

  FailingDestination(BundledSink sink, Random random) {
    this.sink = sink;
    this.destination = sink.plain().get();
    this.random = random;
  }

  BundledSink sink() {
    return sink;
  }

  Destination destination() {
    return destination;
  }

  /// How often it had which.
  Map<Trouble, Integer> troubles() {
    return troubles;
  }

  /// Called before each invocation: continues the current failure, ends it, or starts one.
  void nextInvocation() {
    if (invocationsLeft > 0) {
      invocationsLeft--;
      if (invocationsLeft == 0) {
        recover();
      }
    } else if (random.nextDouble() < TROUBLE_PROBABILITY) {
      Trouble trouble = Trouble.values()[random.nextInt(Trouble.values().length)];
      troubles.merge(trouble, 1, Integer::sum);
      invocationsLeft = 1 + random.nextInt(INVOCATIONS_MAX);
      begin(trouble);
    }
  }

  private void begin(Trouble trouble) {
    switch (trouble) {
      case UNAVAILABLE -> destination.respond(ScriptedResponse.status(503));
      case THROTTLED -> destination.respond(ScriptedResponse.status(429).retryAfterSeconds(1));
      case RESET_BEFORE_BODY -> destination.respond(ScriptedResponse.resetBeforeBody());
      case ANSWER_LOST -> destination.respond(judged(_ -> ScriptedResponse.resetAfterBody()));
      case HANGING -> destination.respond(ScriptedResponse.hang());
      case SLOW -> destination.respond(judged(reply -> reply.after(SLOW)));
      case CLOSING -> destination.respond(judged(ScriptedResponse.Http::thenClose));
      case CLOSED_PORT -> destination.refuseConnections();
      case STALLED -> destination.stallConnections();
      case IGNORED -> destination.ignoreConnections();
    }
    destination.closeConnections();
  }

  /// Ends the current failure. A hanging request is disconnected: released, it would be
  /// acknowledged and not stored.
  void recover() {
    invocationsLeft = 0;
    destination.respond(judged(reply -> reply));
    destination.acceptConnections();
    destination.closeConnections();
  }

  @Override
  public void close() {
    destination.close();
  }

  private ScriptedResponse judged(Function<ScriptedResponse.Http, ScriptedResponse> then) {
    return destination instanceof ServiceDestination service
        ? service.handled(then)
        : then.apply(ScriptedResponse.ok());
  }
}
