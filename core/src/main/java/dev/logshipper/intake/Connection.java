package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Consumer;

/// One connection to the listener, on a thread of its own: requests in, answers out, until the peer
/// or the listener closes it.
final class Connection implements Runnable {
  private static final byte[] GO_ON = head("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] OK = head("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

  private final Socket socket;
  private final DeliveryHandler handler;
  private final int bodyBytesMax;
  private final Consumer<Connection> onEnd;
  private volatile long lastUseful;

  /// @param onEnd told once when the connection is over
  Connection(Socket socket, DeliveryHandler handler, int bodyBytesMax, Consumer<Connection> onEnd) {
    this.socket = socket;
    this.handler = handler;
    this.bodyBytesMax = bodyBytesMax;
    this.onEnd = onEnd;
  }

  /// Sequence number of the last delivery it brought; who brings nothing makes room first.
  long lastUseful() {
    return lastUseful;
  }

  void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // Nobody is left to tell.
    }
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      serve(new RequestReader(socket.getInputStream(), bodyBytesMax), socket.getOutputStream());
    } catch (IOException _) {
      // The peer went away; the platform delivers again what was not acknowledged.
    } finally {
      onEnd.accept(this);
    }
  }

  private void serve(RequestReader reader, OutputStream out) throws IOException {
    try {
      boolean goOn = true;
      while (goOn) {
        RequestReader.Head head = reader.readHead();
        goOn = head != null && serve(head, reader, out);
      }
    } catch (MalformedRequestException e) {
      refuse(out, e.status());
    }
  }

  /// @return whether another request may follow
  private boolean serve(RequestReader.Head head, RequestReader reader, OutputStream out)
      throws IOException {
    if (!head.method().equals("POST") && !head.method().equals("PUT")) {
      refuse(out, "405 Method Not Allowed");
      return false;
    }
    if (head.expectsGo()) {
      out.write(GO_ON);
    }
    boolean whole = reader.readBody(head);
    // Whatever it holds, it is answered 200: the platform repeats anything else for ever.
    lastUseful = handler.handle(reader.body(), reader.bodyBytes());
    out.write(OK);
    reader.trim();
    return head.keepAlive() && whole;
  }

  private static void refuse(OutputStream out, String status) throws IOException {
    out.write(head("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
  }

  private static byte[] head(String text) {
    return text.getBytes(US_ASCII);
  }
}
