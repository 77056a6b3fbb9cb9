package dev.logshipper.sandbox.destination;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// The port of a destination, which accepts, stalls, rejects or ignores connections. It keeps the
/// port in every state. Safe for any thread.
final class Listener implements AutoCloseable {
  private static final int BACKLOG = 50;
  private static final int SMALLEST_BACKLOG = 1;
  private static final int FULL_AFTER_MILLIS = 100;

  private final SocketAddress address;
  private final int port;
  private final Executor threads;
  private final Consumer<Socket> arrivals;
  private final List<AutoCloseable> open = new ArrayList<>();
  private CompletableFuture<Void> accepting = CompletableFuture.completedFuture(null);
  private volatile CountDownLatch stall = new CountDownLatch(0);

  /// Listens.
  ///
  /// @param wantedPort 0 for any free port
  /// @param threads runs the loop that accepts
  /// @param arrivals accepts each connection at once, and calls [#awaitAccept()] before it reads
  Listener(int wantedPort, Executor threads, Consumer<Socket> arrivals) throws IOException {
    this.threads = threads;
    this.arrivals = arrivals;
    ServerSocket server =
        listen(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), wantedPort), BACKLOG);
    port = server.getLocalPort();
    address = server.getLocalSocketAddress();
    acceptAll(server);
  }

  int port() {
    return port;
  }

  /// Accepts new and stalled connections.
  synchronized void accept() throws IOException {
    stall.countDown();
    if (accepting.isDone()) {
      takeOver(() -> acceptAll(listen(address, BACKLOG)));
    }
  }

  /// Accepts connections and does nothing else with them.
  synchronized void stall() throws IOException {
    accept();
    stall = new CountDownLatch(1);
  }

  /// Rejects connections, like a port without a listener.
  synchronized void refuse() throws IOException {
    takeOver(() -> keep(bound()));
  }

  /// Ignores connection attempts, like a firewall that drops packets: the queue of a socket that
  /// never accepts is full.
  synchronized void ignore() throws IOException {
    takeOver(() -> {
      keep(listen(address, SMALLEST_BACKLOG));
      boolean full = false;
      while (!full) {
        try {
          keep(new Socket()).connect(address, FULL_AFTER_MILLIS);
        } catch (SocketTimeoutException _) {
          full = true;
        }
      }
    });
  }

  /// Waits while connections are stalled.
  void awaitAccept() throws InterruptedException {
    stall.await();
  }

  @Override
  public synchronized void close() {
    open.forEach(Destination::closeQuietly);
    open.clear();
    // The kernel releases the port only when no thread waits in accept any more.
    accepting.join();
  }

  private interface Taking {
    void run() throws IOException;
  }

  /// Replaces the socket on the port. Meanwhile, a socket that is bound but does not listen keeps
  /// the port reserved.
  private void takeOver(Taking next) throws IOException {
    close();
    try (Socket _ = bound()) {
      next.run();
    }
  }

  private Socket bound() throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true);
    socket.bind(address);
    return socket;
  }

  private static ServerSocket listen(SocketAddress address, int backlog) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(address, backlog);
    return server;
  }

  private <T extends AutoCloseable> T keep(T onThePort) {
    open.add(onThePort);
    return onThePort;
  }

  private void acceptAll(ServerSocket server) {
    keep(server);
    accepting = CompletableFuture.runAsync(() -> acceptUntilClosed(server), threads);
  }

  private void acceptUntilClosed(ServerSocket server) {
    try {
      while (true) {
        arrivals.accept(server.accept());
      }
    } catch (IOException | RejectedExecutionException _) {
      // The port was closed, which is the only way to end the loop.
    }
  }
}
