package dev.logshipper.intake;

import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.InvocationListener;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.time.SystemMonitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/// The HTTP listener to which the platform delivers. One thread accepts, each connection has its
/// own.
///
/// Anything in the environment can reach it, and what any of them delivers is taken like a delivery
/// of the platform, which signs nothing. So it is bounded: heads, bodies, and see [Places].
public final class LogsListener implements AutoCloseable {
  /// Who does not fit in waits a second before the next try, the platform like anybody else.
  private static final int BACKLOG = 256;

  private static final long FAILED_ACCEPT_PAUSE_NANOS = 20_000_000;

  private final ServerSocket server;
  private final DeliveryHandler handler;
  private final ThreadFactory threads;
  private final Places places = new Places();

  private LogsListener(ServerSocket server, DeliveryHandler handler, ThreadFactory threads) {
    this.server = server;
    this.handler = handler;
    this.threads = threads;
  }

  /// Binds; deliveries are accepted from [#start] on, and wait until then.
  ///
  /// @param address to bind to
  /// @param port to bind to, or 0 for a free one
  /// @param wantedTypes records to pass on: some of `platform`, `function`, `extension`
  /// @param invocations told which have begun and ended
  /// @param backpressure whether the platform is to hold the logs while the buffer is nearly full
  public static LogsListener bind(
      InetAddress address,
      int port,
      Set<String> wantedTypes,
      Pipeline pipeline,
      InvocationListener invocations,
      boolean backpressure,
      Diagnostics diagnostics)
      throws IOException {
    return bind(
        address, port, wantedTypes, pipeline, invocations, backpressure, diagnostics, Thread::new);
  }

  /// @param threads makes those that accept and serve
  static LogsListener bind(
      InetAddress address,
      int port,
      Set<String> wantedTypes,
      Pipeline pipeline,
      InvocationListener invocations,
      boolean backpressure,
      Diagnostics diagnostics,
      ThreadFactory threads)
      throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(address, port), BACKLOG);
    EventParser parser = new EventParser(wantedTypes);
    DeliveryHandler handler =
        new DeliveryHandler(
            parser, pipeline, invocations, backpressure, diagnostics, new SystemMonitor());
    return new LogsListener(server, handler, threads);
  }

  /// The port that deliveries must be sent to.
  public int port() {
    return server.getLocalPort();
  }

  /// Starts to accept, on a thread named `log-shipper-listener`.
  public void start() {
    start(this::acceptAll, "log-shipper-listener");
  }

  private void acceptAll() {
    int accepted = 0;
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Places.Place place = places.admit(socket);
        if (place == null) {
          // An accept that was under way may still succeed after the end.
          socket.close();
        } else {
          accepted++;
          serve(place, "log-shipper-listener-" + accepted);
        }
      } catch (IOException _) {
        // Closed, which ends the loop; or out of descriptors, which passes, but not at once.
        LockSupport.parkNanos(FAILED_ACCEPT_PAUSE_NANOS);
      }
    }
  }

  private void serve(Places.Place place, String threadName) throws IOException {
    try {
      start(new Connection(place, handler), threadName);
    } catch (OutOfMemoryError _) {
      // Not of memory but of threads, of which all processes of an environment share 1,024. The
      // function may have taken them; the platform tries again.
      place.leave();
      place.socket().close();
      LockSupport.parkNanos(FAILED_ACCEPT_PAUSE_NANOS);
    }
  }

  private void start(Runnable work, String name) {
    Thread thread = threads.newThread(work);
    thread.setName(name);
    thread.setDaemon(true);
    thread.start();
  }

  /// Waits until the platform has delivered nothing for `quiet`, at the longest until `latest`.
  public void awaitQuiet(Duration quiet, Deadline latest) throws InterruptedException {
    handler.awaitQuiet(quiet, latest);
  }

  /// What was seen so far.
  public IntakeCounts counts() {
    return handler.counts();
  }

  /// Stops accepting and ends all connections; a delivery under way is not acknowledged.
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException _) {
      // It accepts nothing more either way.
    }
    places.close();
  }
}
