package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/// One connection to the listener, on a thread of its own: requests in, answers out, until the peer
/// or the listener closes it.
final class Connection implements Runnable {
  private static final byte[] GO_ON = head("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] OK = head("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

  private static final byte[] TRY_AGAIN =
      head("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");

  /// A connection that is closed with bytes unread is reset, and the peer may lose the answer with
  /// it. So much is read on for whoever was refused.
  private static final long DISCARDED_BYTES_MAX = 1024 * 1024;

  private final Places.Place place;
  private final DeliveryHandler handler;

  /// @param place left when the connection is over
  Connection(Places.Place place, DeliveryHandler handler) {
    this.place = place;
    this.handler = handler;
  }

  @Override
  public void run() {
    try (Socket socket = place.socket()) {
      socket.setTcpNoDelay(true);
      serve(socket);
    } catch (IOException _) {
      // The peer went away; the platform delivers again what was not acknowledged.
    } catch (InterruptedException _) {
      // Somebody wants this thread to end, and so it does.
    } finally {
      place.leave();
    }
  }

  private void serve(Socket socket) throws IOException, InterruptedException {
    PeerInput in = new PeerInput(socket.getInputStream());
    RequestBody body = new RequestBody(in, place);
    OutputStream out = socket.getOutputStream();
    try {
      boolean goOn = true;
      while (goOn) {
        RequestHead head = RequestHead.read(in);
        goOn = head != null && serve(head, body, out, () -> in.isOpen(socket));
      }
    } catch (RefusedRequestException e) {
      body.release();
      out.write(
          head("HTTP/1.1 " + e.status() + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
      socket.shutdownOutput();
      in.discard(DISCARDED_BYTES_MAX);
    }
  }

  /// @return whether another request may follow
  private boolean serve(
      RequestHead head, RequestBody body, OutputStream out, DeliveryHandler.Peer peer)
      throws IOException, InterruptedException {
    if (!head.method().equals("POST") && !head.method().equals("PUT")) {
      throw new RefusedRequestException("405 Method Not Allowed\r\nAllow: POST, PUT");
    }
    if (head.expectsGo()) {
      out.write(GO_ON);
    }
    if (!body.read(head)) {
      // Cut off: whoever sent it knows that it was not acknowledged, and will deliver all of it.
      body.release();
      return false;
    }
    if (handler.awaitRoom(body.length(), peer)) {
      place.beginHandling();
      // Whatever it holds, it is answered 200: the platform repeats anything else for ever.
      long usefulDelivery = handler.handle(body.bytes(), body.length());
      body.release();
      place.endHandling(usefulDelivery);
      out.write(OK);
    } else {
      body.release();
      out.write(TRY_AGAIN);
    }
    return head.keepAlive();
  }

  private static byte[] head(String text) {
    return text.getBytes(US_ASCII);
  }
}
