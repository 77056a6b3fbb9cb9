package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that sends any bytes at any pace, by a script. Each connection has a thread.
public final class RawPeer implements AutoCloseable {
  /// The behaviour of one connection.
  @FunctionalInterface
  public interface Script {
    /// Serves the connection to its end.
    ///
    /// @param connection 0 for the first one
    void serve(RawPeer peer, int connection, InputStream in, OutputStream out)
        throws IOException, InterruptedException;
  }

  /// A response without a body that keeps the connection.
  public static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  /// The number of requests read.
  public final AtomicInteger requests = new AtomicInteger();

  /// Opens when the first request was read.
  public final CountDownLatch requestRead = new CountDownLatch(1);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;
  private final Script script;

  /// Listens on a free port.
  public RawPeer(Script script) throws IOException {
    this(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), script);
  }

  /// Serves the connections to a socket, which may speak TLS.
  public RawPeer(ServerSocket listener, Script script) {
    this.script = script;
    this.listener = listener;
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /// Its URL, with a slash at the end.
  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  /// Its port.
  public int port() {
    return listener.getLocalPort();
  }

  /// The number of connections accepted.
  public int connections() {
    return connections.get();
  }

  /// Reads the head of a request, with the empty line that ends it.
  public static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no request");
      }
      head.append((char) b);
    }
    return head.toString();
  }

  /// Reads a request with a `Content-Length`.
  public void readRequest(InputStream in) throws IOException {
    String _ = request(in);
  }

  /// Reads a request with a `Content-Length`, and returns its head.
  public String request(InputStream in) throws IOException {
    String head = readHead(in);
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length: ") + "content-length: ".length();
    in.skipNBytes(Long.parseLong(lower.substring(at, lower.indexOf("\r\n", at))));
    requests.incrementAndGet();
    requestRead.countDown();
    return head;
  }

  /// Writes a byte every few milliseconds until the peer is closed or the client disconnects.
  public void trickle(OutputStream out, char filling) throws IOException, InterruptedException {
    while (!closed.await(5, TimeUnit.MILLISECONDS)) {
      out.write(filling);
    }
  }

  /// Waits until the peer is closed.
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /// Sends text.
  public static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        int number = connections.getAndIncrement();
        Thread.ofPlatform().daemon().start(() -> serve(socket, number));
      }
    } catch (IOException _) {
      // The peer was closed.
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      script.serve(this, number, in, socket.getOutputStream());
    } catch (IOException | InterruptedException _) {
      // The client disconnected, which its test checks.
    }
  }
}
