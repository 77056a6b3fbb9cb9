package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.logshipper.sandbox.destination.Destination;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Passes TCP connections on to a stand-in, with the faults of a proxy that the stand-in itself
/// does not have. Each method applies to requests that begin after it.
final class Relay implements AutoCloseable {
  /// The response to bytes that the server takes for another request.
  private static final String STRAY = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";

  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);
  private static final int CHUNK_BYTES = 64 * 1024;

  /// The client has sent its whole body when it is silent for this time.
  private static final int SILENCE_MILLIS = 100;

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean early = new AtomicBoolean();
  private volatile int strayFrom = Integer.MAX_VALUE;

  Relay(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  static Relay to(Destination destination) throws IOException {
    return new Relay(destination.port());
  }

  int port() {
    return listener.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  /// The number of connections accepted so far.
  int connections() {
    return sockets.size() / 2;
  }

  /// Neither passes on nor closes what exists, as a NAT gateway that forgets connections.
  void forgetConnections() {
    forgotten.addAll(sockets);
  }

  /// Sends a second response after each one with this status or a higher one.
  void sendStrays(int status) {
    strayFrom = status;
  }

  /// Rejects the next request with 413 as soon as it begins, does not pass it on, and then takes
  /// its body for another request.
  void rejectNextEarly() {
    early.set(true);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pass(client, server, this::requests));
        Thread.ofVirtual().start(() -> pass(server, client, this::responses));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private interface Pass {
    void run(Socket from, Socket to) throws IOException;
  }

  private void pass(Socket from, Socket to, Pass pass) {
    try {
      pass.run(from, to);
    } catch (IOException _) {
      // One side has closed the connection.
    }
    try {
      if (!forgotten.contains(from)) {
        from.close();
        to.close();
      }
    } catch (IOException _) {
      // They are closed.
    }
  }

  private void requests(Socket client, Socket server) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    InputStream in = client.getInputStream();
    int count = in.read(chunk);
    while (count >= 0) {
      if (early.compareAndSet(true, false)) {
        rejectEarly(client);
      } else if (!forgotten.contains(client)) {
        server.getOutputStream().write(chunk, 0, count);
      }
      count = in.read(chunk);
    }
  }

  private static void rejectEarly(Socket client) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
    client.setSoTimeout(SILENCE_MILLIS);
    byte[] dropped = new byte[CHUNK_BYTES];
    try {
      while (client.getInputStream().read(dropped) >= 0) {
        // The rest of the body.
      }
    } catch (SocketTimeoutException _) {
      out.write(STRAY.getBytes(ISO_8859_1));
    }
    client.setSoTimeout(0);
  }

  private void responses(Socket server, Socket client) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    InputStream in = server.getInputStream();
    int count = in.read(chunk);
    while (count >= 0) {
      response.write(chunk, 0, count);
      boolean strays = strayFrom < Integer.MAX_VALUE;
      if (!forgotten.contains(server) && (!strays || isComplete(response.toString(ISO_8859_1)))) {
        if (strays && status(response.toString(ISO_8859_1)) >= strayFrom) {
          // In one piece, so that the stray bytes precede the next request.
          response.write(STRAY.getBytes(ISO_8859_1));
        }
        response.writeTo(client.getOutputStream());
        response.reset();
      }
      count = in.read(chunk);
    }
  }

  private static int status(String response) {
    int from = response.indexOf(' ') + 1;
    return Integer.parseInt(response.substring(from, from + 3));
  }

  private static boolean isComplete(String response) {
    int head = response.indexOf("\r\n\r\n");
    if (head < 0) {
      return false;
    }
    Matcher length = LENGTH.matcher(response.substring(0, head));
    int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return response.length() >= head + 4 + body;
  }
}
