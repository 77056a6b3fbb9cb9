package dev.logshipper.sandbox.environment.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.http.RequestHead;
import dev.logshipper.sandbox.http.RequestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A loopback HTTP server for long polls. The JDK's own server closes idle connections and sets
/// `TCP_NODELAY` by JVM-wide properties that count only if set before its first use. Here a
/// connection lasts, for hours of frozen time, until its client or the sandbox closes it.
final class ApiServer implements AutoCloseable {

  /// Handles one request; may block without limit. Null closes the connection without a response.
  @FunctionalInterface
  interface Handler {
    @Nullable HttpResponse handle(HttpRequest request) throws InterruptedException;
  }

  private static final int BODY_BYTES_MAX = 8 * 1024 * 1024;

  private final ServerSocket server;
  private final Handler handler;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  ApiServer(Handler handler) {
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
    connections.forEach(ApiServer::closeQuietly);
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
      RequestReader reader =
          new RequestReader(
              connection.getInputStream(), connection.getOutputStream(), BODY_BYTES_MAX);
      Optional<RequestHead> head = reader.readHead();
      while (head.isPresent() && exchange(connection, reader, head.get())) {
        head = reader.readHead();
      }
    } catch (IOException e) {
      // The client went, was killed, or does not speak HTTP: the connection ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  /// Handles one request; false when the connection ends with it.
  private boolean exchange(Socket connection, RequestReader reader, RequestHead head)
      throws IOException, InterruptedException {
    String body = new String(reader.readBody(head), UTF_8);
    HttpResponse response = handler.handle(new HttpRequest(head, body));
    if (response == null) {
      return false;
    }
    connection.getOutputStream().write(response.encode());
    return head.keepsConnection();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Closing only frees resources.
    }
  }
}
