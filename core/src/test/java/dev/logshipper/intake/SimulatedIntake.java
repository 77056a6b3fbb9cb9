package dev.logshipper.intake;

import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.InvocationListener;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.time.Monitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// The intake without its sockets, for a simulation in another package.
public final class SimulatedIntake {
  private final DeliveryHandler handler;

  /// @param backpressure whether deliveries may be sent back
  /// @param monitor the handler's own
  public SimulatedIntake(
      Set<String> wantedTypes,
      Pipeline pipeline,
      InvocationListener invocations,
      boolean backpressure,
      Diagnostics diagnostics,
      Monitor monitor) {
    this.handler =
        new DeliveryHandler(
            new EventParser(wantedTypes, false),
            pipeline,
            invocations,
            backpressure,
            diagnostics,
            monitor);
  }

  /// Waits for room for a delivery; without any, it must be sent back.
  ///
  /// @param isConnected whether the peer still waits for a response
  public boolean awaitRoom(byte[] body, BooleanSupplier isConnected) throws InterruptedException {
    try {
      return handler.awaitRoom(body.length, isConnected::getAsBoolean);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes one delivery.
  public void handle(byte[] body) {
    handler.handle(body, body.length);
  }

  /// Totals so far.
  public IntakeCounts counts() {
    return handler.counts();
  }

  /// Waits until none has come for a while.
  public void awaitIdle(Duration quiet, Deadline latest) throws InterruptedException {
    handler.awaitIdle(quiet, latest);
  }
}
