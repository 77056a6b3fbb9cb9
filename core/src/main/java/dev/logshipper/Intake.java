package dev.logshipper;

import dev.logshipper.intake.IntakeCounts;
import dev.logshipper.intake.ListenerAddress;
import dev.logshipper.intake.LogsListener;
import dev.logshipper.lifecycle.Lifecycle;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.ExtensionsApi;
import dev.logshipper.platform.InvocationListener;
import dev.logshipper.platform.RestartState;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// The listener and the subscription that feeds it. Without a port to listen on there are no logs,
/// and everything else goes on.
final class Intake implements Lifecycle.Deliveries {
  private final Optional<LogsListener> listener;
  private final boolean delivering;

  private Intake(Optional<LogsListener> listener, boolean delivering) {
    this.listener = listener;
    this.delivering = delivering;
  }

  /// Binds, starts to listen, and subscribes, unless a predecessor has done so: then the same port
  /// must be bound again, because a subscription can be made only once.
  static Intake open(
      Optional<RestartState> predecessor,
      CoreOptions options,
      Pipeline pipeline,
      InvocationListener invocations,
      ExtensionsApi api,
      Diagnostics diagnostics)
      throws IOException {
    int port = predecessor.map(RestartState::port).orElse(0);
    Optional<LogsListener> bound = bind(port, options, pipeline, invocations, api, diagnostics);
    if (bound.isEmpty()) {
      return new Intake(bound, false);
    }
    bound.get().start();
    boolean delivering =
        predecessor.isPresent()
            ? predecessor.get().delivering()
            : options.subscription().request(api, bound.get().port(), diagnostics);
    return new Intake(bound, delivering);
  }

  private static Optional<LogsListener> bind(
      int port,
      CoreOptions options,
      Pipeline pipeline,
      InvocationListener invocations,
      ExtensionsApi api,
      Diagnostics diagnostics) {
    try {
      return Optional.of(
          LogsListener.bind(
              ListenerAddress.resolve(api.isLocal()),
              port,
              options.wantedTypes(),
              pipeline,
              invocations,
              options.backpressure(),
              diagnostics));
    } catch (IOException e) {
      String place =
          port == 0 ? "no port" : "port " + port + ", where logs are delivered, is not free";
      diagnostics.warn(
          place + " to listen on (" + e.getClass().getName() + "); there will be no logs");
      return Optional.empty();
    }
  }

  int port() {
    return listener.map(LogsListener::port).orElse(0);
  }

  IntakeCounts counts() {
    return listener.map(LogsListener::counts).orElse(new IntakeCounts(0, 0, 0));
  }

  @Override
  public boolean areExpected() {
    return delivering;
  }

  @Override
  public void awaitQuiet(Duration quiet, Deadline latest) throws InterruptedException {
    if (listener.isPresent()) {
      listener.get().awaitQuiet(quiet, latest);
    }
  }

  /// Ends the listener's threads. A JVM that exits waits 300 ms for threads that are in a system
  /// call, and theirs is to wait for the platform.
  void close() {
    listener.ifPresent(LogsListener::close);
  }
}
