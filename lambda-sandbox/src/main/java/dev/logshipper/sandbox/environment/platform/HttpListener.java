package dev.logshipper.sandbox.environment.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A loopback HTTP server for long polls. The JDK's own closes idle connections and sets
/// `TCP_NODELAY` by JVM-wide properties that count only if set before its first use; an extension
/// that keeps one connection for hours of frozen time, and a measurement of milliseconds, depend on
/// neither here: a connection lives until its client or the sandbox closes it.
final class HttpListener implements AutoCloseable {

  /// Answers one request; may block for as long as it likes. Null closes the connection instead.
  @FunctionalInterface
  interface Handler {
    @Nullable HttpReply handle(HttpRequest request) throws InterruptedException;
  }

  private final ServerSocket server;
  private final Handler handler;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  HttpListener(Handler handler) {
    this.handler = handler;
    try {
      this.server = new ServerSocket(0, 128, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new UncheckedIOException("No port for the platform's APIs", e);
    }
    Thread.ofVirtual().name("platform-accept").start(this::acceptAll);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    closeQuietly(server);
    connections.forEach(HttpListener::closeQuietly);
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        Thread.ofVirtual().name("platform-connection").start(() -> serve(connection));
      } catch (IOException e) {
        // Closed, or a client that went before it was accepted.
      }
    }
  }

  private void serve(Socket connection) {
    connections.add(connection);
    try (connection) {
      connection.setTcpNoDelay(true);
      HttpWire wire = new HttpWire(connection.getInputStream(), connection.getOutputStream());
      for (HttpRequest request = wire.read(); request != null; request = wire.read()) {
        HttpReply reply = handler.handle(request);
        if (reply == null) {
          return;
        }
        wire.write(reply);
        if (request.header("connection").equalsIgnoreCase("close")) {
          return;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // The client went, was killed, or does not speak HTTP: the connection ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Nothing is left to be done about it.
    }
  }
}
