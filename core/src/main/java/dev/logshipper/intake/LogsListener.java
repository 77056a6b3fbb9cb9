package dev.logshipper.intake;

import dev.logshipper.concurrent.SystemMonitor;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.sink.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// The HTTP listener to which the platform delivers. One thread accepts, each connection has its
/// own.
///
/// Anything in the environment can reach it, so it is bounded: a few connections, of which the one
/// that has been useless for longest makes room for the next, and bounded heads and bodies.
public final class LogsListener implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 16;
  private static final int BACKLOG = 64;
  private static final long FAILED_ACCEPT_PAUSE_NANOS = 20_000_000;

  /// The platform's body ends at twice the subscription's maxBytes; one long line, escaped, may
  /// take more.
  private static final int BODY_BYTES_MAX = 8 * 1024 * 1024;

  private final ServerSocket server;
  private final DeliveryHandler handler;
  private final List<Connection> connections = new ArrayList<>();
  private int accepted;

  private LogsListener(ServerSocket server, DeliveryHandler handler) {
    this.server = server;
    this.handler = handler;
  }

  /// Binds; deliveries are accepted from [#start] on, and wait until then.
  ///
  /// @param address to bind to
  /// @param port to bind to, or 0 for a free one
  /// @param wantedTypes records to pass on: some of `platform`, `function`, `extension`
  /// @param invocations told which have begun and ended
  public static LogsListener bind(
      InetAddress address,
      int port,
      Set<String> wantedTypes,
      Pipeline pipeline,
      InvocationListener invocations)
      throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(address, port), BACKLOG);
    EventParser parser = new EventParser(wantedTypes);
    DeliveryHandler handler =
        new DeliveryHandler(parser, pipeline, invocations, new SystemMonitor());
    return new LogsListener(server, handler);
  }

  /// The port that deliveries must be sent to.
  public int port() {
    return server.getLocalPort();
  }

  /// Starts to accept, on a thread named `pusher-listener`.
  public void start() {
    start(this::acceptAll, "pusher-listener");
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        // An accept that was under way may still succeed after the end.
        if (server.isClosed()) {
          socket.close();
        } else {
          admit(socket);
        }
      } catch (IOException _) {
        // Closed, which ends the loop; or out of descriptors, which passes, but not at once.
        LockSupport.parkNanos(FAILED_ACCEPT_PAUSE_NANOS);
      }
    }
  }

  private void admit(Socket socket) {
    Connection connection = new Connection(socket, handler, BODY_BYTES_MAX, this::forget);
    synchronized (connections) {
      if (connections.size() >= CONNECTIONS_MAX) {
        leastUseful().close();
      }
      connections.add(connection);
      accepted++;
    }
    start(connection, "pusher-listener-" + accepted);
  }

  private Connection leastUseful() {
    Connection least = connections.getFirst();
    for (Connection connection : connections) {
      if (connection.lastUseful() < least.lastUseful()) {
        least = connection;
      }
    }
    connections.remove(least);
    return least;
  }

  private void forget(Connection connection) {
    synchronized (connections) {
      connections.remove(connection);
    }
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
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
    synchronized (connections) {
      connections.forEach(Connection::close);
    }
  }
}
