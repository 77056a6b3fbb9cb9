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
/// invocations, chosen by the random numbers alone. Not thread-safe.
final class FailingDestination implements AutoCloseable {
  private static final double FAILURE_PROBABILITY = 0.01;
  private static final int INVOCATIONS_MAX = 30;
  private static final Duration SLOW = Duration.ofMillis(60);

  /// The kinds of failure.
  enum Failure {
    UNAVAILABLE,
    THROTTLED,
    RESET_BEFORE_BODY,
    RESPONSE_LOST,
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
  private final Map<Failure, Integer> failures = new EnumMap<>(Failure.class);
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

  /// The number of failures by kind.
  Map<Failure, Integer> failures() {
    return failures;
  }

  /// Called before each invocation: continues the current failure, ends it, or starts one.
  void nextInvocation() {
    if (invocationsLeft > 0) {
      invocationsLeft--;
      if (invocationsLeft == 0) {
        recover();
      }
    } else if (random.nextDouble() < FAILURE_PROBABILITY) {
      Failure failure = Failure.values()[random.nextInt(Failure.values().length)];
      failures.merge(failure, 1, Integer::sum);
      invocationsLeft = 1 + random.nextInt(INVOCATIONS_MAX);
      begin(failure);
    }
  }

  private void begin(Failure failure) {
    switch (failure) {
      case UNAVAILABLE -> destination.respond(ScriptedResponse.status(503));
      case THROTTLED -> destination.respond(ScriptedResponse.status(429).retryAfterSeconds(1));
      case RESET_BEFORE_BODY -> destination.respond(ScriptedResponse.resetBeforeBody());
      case RESPONSE_LOST -> destination.respond(handled(_ -> ScriptedResponse.resetAfterBody()));
      case HANGING -> destination.respond(ScriptedResponse.hang());
      case SLOW -> destination.respond(handled(response -> response.after(SLOW)));
      case CLOSING -> destination.respond(handled(ScriptedResponse.Http::thenClose));
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
    destination.respond(handled(response -> response));
    destination.acceptConnections();
    destination.closeConnections();
  }

  @Override
  public void close() {
    destination.close();
  }

  private ScriptedResponse handled(Function<ScriptedResponse.Http, ScriptedResponse> then) {
    return destination instanceof ServiceDestination service
        ? service.handled(then)
        : then.apply(ScriptedResponse.ok());
  }
}
