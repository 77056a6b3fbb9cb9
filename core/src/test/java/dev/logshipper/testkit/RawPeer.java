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

/// A server that behaves as badly as its script says, a byte at a time if need be; each connection
/// is served on a thread.
public final class RawPeer implements AutoCloseable {
  /// What one connection gets.
  @FunctionalInterface
  public interface Script {
    /// Serves it to the end.
    ///
    /// @param connection 0 for the first one
    void serve(RawPeer peer, int connection, InputStream in, OutputStream out)
        throws IOException, InterruptedException;
  }

  /// A reply without a body that keeps the connection.
  public static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  /// How many requests were read.
  public final AtomicInteger requests = new AtomicInteger();

  /// Counted down once the first request was read.
  public final CountDownLatch requestRead = new CountDownLatch(1);

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;
  private final Script script;

  /// Listens on a free port.
  public RawPeer(Script script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /// Where it listens, with a slash at the end.
  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  /// How many connections were accepted.
  public int connections() {
    return connections.get();
  }

  /// Reads head and body of a request, whose length the head says.
  public void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no request");
      }
      head.append((char) b);
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length: ") + "content-length: ".length();
    in.skipNBytes(Long.parseLong(lower.substring(at, lower.indexOf("\r\n", at))));
    requests.incrementAndGet();
    requestRead.countDown();
  }

  /// Writes one byte every few milliseconds until the test is over or the other side hangs up.
  public void trickle(OutputStream out, char filling) throws IOException, InterruptedException {
    while (!over.await(5, TimeUnit.MILLISECONDS)) {
      out.write(filling);
    }
  }

  /// Waits until the test is over.
  public void untilOver() throws InterruptedException {
    over.await();
  }

  /// Sends text at once.
  public static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    over.countDown();
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
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      script.serve(this, number, in, socket.getOutputStream());
    } catch (IOException | InterruptedException _) {
      // The client hung up, which its test looks at.
    }
  }
}
