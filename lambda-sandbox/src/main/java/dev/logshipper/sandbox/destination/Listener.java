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

/// The port of a destination, and what becomes of who knocks: let in, left standing inside, refused
/// or not heard at all. Whatever happens, the port stays this one's. Safe for any thread.
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
  /// @param wantedPort 0 for a free one
  /// @param threads runs the loop that accepts
  /// @param arrivals takes each connection at once, and calls [#awaitLetIn()] before it reads
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

  /// Lets in who comes, and who was left standing.
  synchronized void letIn() throws IOException {
    stall.countDown();
    if (accepting.isDone()) {
      takeOver(() -> acceptAll(listen(address, BACKLOG)));
    }
  }

  /// Accepts who comes, and no more than that.
  synchronized void stall() throws IOException {
    letIn();
    stall = new CountDownLatch(1);
  }

  /// Refuses who comes, as a port does that nobody listens at.
  synchronized void refuse() throws IOException {
    takeOver(() -> keep(bound()));
  }

  /// Answers nobody, as a firewall does that drops packets: the queue of a socket that never
  /// accepts is full.
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

  /// Waits while arrivals are left standing.
  void awaitLetIn() throws InterruptedException {
    stall.await();
  }

  @Override
  public synchronized void close() {
    open.forEach(HttpDestination::closeQuietly);
    open.clear();
    // The kernel has the port back only when nobody waits for a connection on it any more.
    accepting.join();
  }

  private interface Taking {
    void run() throws IOException;
  }

  /// Puts something else on the port. A socket that is bound and does not listen keeps others off
  /// it meanwhile.
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
      // The port was closed: the only way out.
    }
  }
}
