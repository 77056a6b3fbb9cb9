package dev.logshipper.intake;

import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.InvocationListener;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.time.SystemMonitor;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The HTTP listener for the platform's deliveries. One thread accepts, and each connection has its
/// own.
///
/// Any process in the environment can connect, and its events are shipped like the platform's,
/// which signs nothing. Hence the limits for heads and bodies, and the [ConnectionLimiter].
public final class LogsListener implements AutoCloseable {
  private static final long FAILED_ACCEPT_PAUSE_NANOS = 20_000_000;

  private final ServerSocket server;
  private final DeliveryHandler handler;
  private final ThreadFactory threads;
  private final ConnectionLimiter connections = new ConnectionLimiter();

  private LogsListener(ServerSocket server, DeliveryHandler handler, ThreadFactory threads) {
    this.server = server;
    this.handler = handler;
    this.threads = threads;
  }

  /// Deliveries wait in the socket until [#start].
  ///
  /// @param server bound; closed with this listener
  /// @param wantedTypes records to pass on: some of `platform`, `function`, `extension`
  /// @param concurrent whether several invocations may run at the same time
  /// @param stages of this listener; null for none
  /// @param invocations notified of starts and ends
  /// @param backpressure whether to reject deliveries while the buffer is nearly full, so that the
  ///   platform holds the logs
  public static LogsListener on(
      ServerSocket server,
      Set<String> wantedTypes,
      boolean concurrent,
      @Nullable LineStages stages,
      Pipeline pipeline,
      InvocationListener invocations,
      boolean backpressure,
      Diagnostics diagnostics) {
    return on(
        server,
        wantedTypes,
        concurrent,
        stages,
        pipeline,
        invocations,
        backpressure,
        diagnostics,
        Thread::new);
  }

  /// @param threads creates the threads that accept and serve
  static LogsListener on(
      ServerSocket server,
      Set<String> wantedTypes,
      boolean concurrent,
      @Nullable LineStages stages,
      Pipeline pipeline,
      InvocationListener invocations,
      boolean backpressure,
      Diagnostics diagnostics,
      ThreadFactory threads) {
    EventParser parser = new EventParser(wantedTypes, concurrent, stages);
    DeliveryHandler handler =
        new DeliveryHandler(
            parser, pipeline, invocations, backpressure, diagnostics, new SystemMonitor());
    return new LogsListener(server, handler, threads);
  }

  /// The port that it listens on.
  public int port() {
    return server.getLocalPort();
  }

  /// Starts to accept connections, on a thread named `log-shipper-listener`.
  public void start() {
    start(this::acceptAll, "log-shipper-listener");
  }

  private void acceptAll() {
    int accepted = 0;
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        ConnectionLimiter.Slot slot = connections.admit(socket);
        if (slot == null) {
          socket.close();
        } else {
          accepted++;
          serve(slot, "log-shipper-listener-" + accepted);
        }
      } catch (IOException _) {
        // Closed, which ends the loop; or out of descriptors, which takes a while to pass.
        LockSupport.parkNanos(FAILED_ACCEPT_PAUSE_NANOS);
      }
    }
  }

  private void serve(ConnectionLimiter.Slot slot, String threadName) throws IOException {
    try {
      start(new ListenerConnection(slot, handler), threadName);
    } catch (OutOfMemoryError _) {
      // Out of threads, not memory: all processes of an environment share 1,024, and the function
      // may
      // use them up. The platform tries again.
      slot.free();
      slot.socket().close();
      LockSupport.parkNanos(FAILED_ACCEPT_PAUSE_NANOS);
    }
  }

  private void start(Runnable work, String name) {
    Thread thread = threads.newThread(work);
    thread.setName(name);
    thread.setDaemon(true);
    thread.start();
  }

  /// Waits until the platform has delivered nothing for `quiet`, at most until `latest`.
  public void awaitIdle(Duration quiet, Deadline latest) throws InterruptedException {
    handler.awaitIdle(quiet, latest);
  }

  /// Totals so far.
  public IntakeCounts counts() {
    return handler.counts();
  }

  /// Stops accepting and closes all connections; a delivery in progress is not acknowledged.
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException _) {
      // It accepts no more connections either way.
    }
    connections.close();
  }
}
