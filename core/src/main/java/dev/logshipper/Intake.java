package dev.logshipper;

import dev.logshipper.intake.IntakeCounts;
import dev.logshipper.intake.ListenerAddress;
import dev.logshipper.intake.ListenerSocket;
import dev.logshipper.intake.LogsListener;
import dev.logshipper.lifecycle.Lifecycle;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.ExtensionsApi;
import dev.logshipper.platform.InvocationListener;
import dev.logshipper.platform.RestartState;
import dev.logshipper.settings.Configuration;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The listener and the subscription that feeds it. Without a port to listen on there are no logs;
/// everything else works.
final class Intake implements Lifecycle.TelemetryStream {
  private final Optional<LogsListener> listener;
  private final boolean delivering;

  private Intake(Optional<LogsListener> listener, boolean delivering) {
    this.listener = listener;
    this.delivering = delivering;
  }

  /// Listens, on the launcher's socket or a port of its own, and subscribes. If the launcher or a
  /// predecessor has subscribed, it does not, because an extension can subscribe only once, and
  /// binds the predecessor's port again where that was its own.
  ///
  /// @param inherited whether standard input is the launcher's listening socket
  static Intake open(
      boolean inherited,
      @Nullable RestartState predecessor,
      Configuration configuration,
      Pipeline pipeline,
      InvocationListener invocations,
      ExtensionsApi api,
      Diagnostics diagnostics)
      throws IOException {
    int port = predecessor == null ? 0 : predecessor.port();
    Optional<LogsListener> bound =
        listen(inherited, port, configuration, pipeline, invocations, api, diagnostics);
    if (bound.isEmpty()) {
      return new Intake(bound, false);
    }
    bound.get().start();
    if (diagnostics.isDebug() && predecessor != null) {
      diagnostics.debug(configuration.subscription().describeEarlier());
    }
    boolean delivering =
        predecessor != null
            ? predecessor.delivering()
            : configuration.subscription().request(api, bound.get().port(), diagnostics);
    return new Intake(bound, delivering);
  }

  private static Optional<LogsListener> listen(
      boolean inherited,
      int port,
      Configuration configuration,
      Pipeline pipeline,
      InvocationListener invocations,
      ExtensionsApi api,
      Diagnostics diagnostics) {
    try {
      return Optional.of(
          LogsListener.on(
              inherited
                  ? ListenerSocket.inherit()
                  : ListenerSocket.bind(ListenerAddress.resolve(api.isLocal()), port),
              configuration.logTypes(),
              configuration.runsConcurrently(),
              configuration.lineStages(),
              pipeline,
              invocations,
              configuration.backpressure(),
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
  public boolean isSubscribed() {
    return delivering;
  }

  @Override
  public void awaitIdle(Duration quiet, Deadline latest) throws InterruptedException {
    if (listener.isPresent()) {
      listener.get().awaitIdle(quiet, latest);
    }
  }

  /// Ends the listener's threads. A JVM that exits waits 300 ms for threads in a system call, and
  /// these wait for the platform in one.
  void close() {
    listener.ifPresent(LogsListener::close);
  }
}
