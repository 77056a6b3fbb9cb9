package dev.logshipper.intake;

import dev.logshipper.concurrent.Monitor;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.sink.Deadline;
import java.time.Duration;
import java.util.Set;

/// The intake without its sockets, for a simulation in another package.
public final class SimulatedIntake {
  private final DeliveryHandler handler;

  /// @param monitor the handler's own
  public SimulatedIntake(
      Set<String> wantedTypes, Pipeline pipeline, InvocationListener invocations, Monitor monitor) {
    this.handler =
        new DeliveryHandler(new EventParser(wantedTypes), pipeline, invocations, monitor);
  }

  /// Takes one delivery.
  public void handle(byte[] body) {
    handler.handle(body, body.length);
  }

  /// What was seen so far.
  public IntakeCounts counts() {
    return handler.counts();
  }

  /// Waits until none has come for a while.
  public void awaitQuiet(Duration quiet, Deadline latest) throws InterruptedException {
    handler.awaitQuiet(quiet, latest);
  }
}
