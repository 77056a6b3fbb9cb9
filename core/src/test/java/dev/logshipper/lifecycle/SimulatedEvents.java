package dev.logshipper.lifecycle;

import dev.logshipper.platform.EventSource;
import dev.logshipper.platform.ExtensionEvent;
import dev.logshipper.sink.Deadline;

/// Lets a simulation in another package play the platform for a [Lifecycle].
public abstract class SimulatedEvents implements EventSource {

  /// What the platform answers to `/next`.
  public sealed interface Event {
    /// The function is being invoked.
    record Invoke(String requestId, Deadline deadline) implements Event {}

    /// Something that does not exist yet.
    record Unknown() implements Event {}

    /// The environment is ending.
    record Shutdown(String reason, Deadline deadline) implements Event {}
  }

  /// The next event, which has come.
  protected abstract Event take();

  @Override
  public final ExtensionEvent readNext() {
    return switch (take()) {
      case Event.Invoke invoke ->
          new ExtensionEvent.Invoke(invoke.requestId(), invoke.deadline(), "arn:simulated");
      case Event.Unknown _ -> new ExtensionEvent.Unknown();
      case Event.Shutdown shutdown ->
          new ExtensionEvent.Shutdown(shutdown.reason(), shutdown.deadline());
    };
  }

  @Override
  public abstract void requestNext();

  @Override
  public abstract void awaitResponse();
}
