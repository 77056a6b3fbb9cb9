package dev.logshipper.bundle;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The platform's side of the protocol without logic: a test reads each request and writes the
/// response, byte for byte.
final class FakeExtensionsApi implements AutoCloseable {
  private final ServerSocket server;
  private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

  FakeExtensionsApi() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("fake-api").start(this::acceptUntilClosed);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /// The next request on any connection.
  Exchange awaitRequest() throws InterruptedException {
    Exchange exchange = exchanges.poll(20, TimeUnit.SECONDS);
    if (exchange == null) {
      throw new AssertionError("no request arrived");
    }
    return exchange;
  }

  boolean hasRequest() {
    return !exchanges.isEmpty();
  }

  private void acceptUntilClosed() {
    try {
      for (int connection = 1; ; connection++) {
        Socket socket = server.accept();
        int number = connection;
        Thread.ofPlatform().daemon().name("fake-api").start(() -> read(socket, number));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void read(Socket socket, int connection) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        String body = new String(in.readNBytes(Exchange.contentLength(head)), Exchange.WIRE);
        exchanges.add(new Exchange(socket, connection, head, body, System.nanoTime()));
      }
    } catch (IOException reset) {
      // The other end closed the connection, as some tests require.
    }
  }

  /// The head with its empty line; empty when the other end has closed.
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      String text = head.toString(Exchange.WIRE);
      if (text.endsWith("\r\n\r\n")) {
        return text;
      }
    }
    return "";
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
