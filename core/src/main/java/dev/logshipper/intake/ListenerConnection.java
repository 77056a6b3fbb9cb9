package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logshipper.http1.HttpException;
import dev.logshipper.http1.HttpInput;
import dev.logshipper.http1.MessageHead;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/// One connection to the listener, on its own thread, until the peer or the listener closes it.
final class ListenerConnection implements Runnable {
  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

  private static final byte[] BACKPRESSURE =
      ascii("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");

  private static final int HEAD_BYTES_MAX = 16 * 1024;

  /// Closing a connection with unread bytes resets it, and the peer may lose the response. After an
  /// error response, this much is read and discarded first.
  private static final long DISCARDED_BYTES_MAX = 1024 * 1024;

  private final ConnectionLimiter.Slot slot;
  private final DeliveryHandler handler;
  private final Socket socket;

  /// @param slot freed at the end
  ListenerConnection(ConnectionLimiter.Slot slot, DeliveryHandler handler) {
    this.slot = slot;
    this.handler = handler;
    this.socket = slot.socket();
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      serveAll();
    } catch (IOException _) {
      // The peer is gone; the platform delivers again whatever was not acknowledged.
    } catch (InterruptedException _) {
      // This thread is to end, and so it does.
    } finally {
      slot.free();
    }
  }

  private void serveAll() throws IOException, InterruptedException {
    HttpInput in = new HttpInput(socket.getInputStream());
    RequestBody body = new RequestBody(in, slot);
    OutputStream out = socket.getOutputStream();
    try {
      MessageHead head = MessageHead.readRequest(in, HEAD_BYTES_MAX);
      while (head != null && serve(head, body, in, out)) {
        head = MessageHead.readRequest(in, HEAD_BYTES_MAX);
      }
    } catch (HttpException e) {
      body.release();
      out.write(
          ascii("HTTP/1.1 " + e.status() + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
      socket.shutdownOutput();
      in.discard(DISCARDED_BYTES_MAX);
    }
  }

  /// @return whether another request may follow
  private boolean serve(MessageHead head, RequestBody body, HttpInput in, OutputStream out)
      throws IOException, InterruptedException {
    if (!head.method().equals("POST") && !head.method().equals("PUT")) {
      throw new HttpException("405 Method Not Allowed\r\nAllow: POST, PUT", "not POST or PUT");
    }
    if ("100-continue".equalsIgnoreCase(head.field("Expect"))) {
      out.write(CONTINUE);
    }
    if (!body.read(head)) {
      // Cut off, so not acknowledged: the platform will deliver all of it again.
      body.release();
      return false;
    }
    if (handler.awaitRoom(body.length(), () -> in.isOpen(socket))) {
      slot.beginHandling();
      // The response is 200 even for nonsense: the platform repeats anything else endlessly.
      boolean hadEvents = handler.handle(body.bytes(), body.length());
      body.release();
      slot.endHandling(hadEvents);
      out.write(OK);
    } else {
      body.release();
      out.write(BACKPRESSURE);
    }
    return head.keepAlive();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
