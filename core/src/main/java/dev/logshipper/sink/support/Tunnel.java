package dev.logshipper.sink.support;

import dev.logshipper.http1.HttpInput;
import dev.logshipper.http1.MessageHead;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;

/// A tunnel through a proxy, for TLS with the server behind it. Stateless.
final class Tunnel {
  private static final int HEAD_BYTES_MAX = 64 * 1024;

  private Tunnel() {}

  /// Opens a tunnel over a connection to the proxy.
  static void open(Socket socket, Http1Request.Origin server, HttpProxy proxy, Http1Call call)
      throws IOException {
    call.enter("waiting for a tunnel from", proxy);
    int status = status(socket, server, proxy);
    if (status / 100 != 2) {
      throw proxy.rejected(status);
    }
  }

  private static int status(Socket socket, Http1Request.Origin server, HttpProxy proxy)
      throws IOException {
    try {
      socket.getOutputStream().write(proxy.tunnelRequest(server));
      HttpInput in = new HttpInput(socket.getInputStream());
      MessageHead head = MessageHead.readResponse(in, HEAD_BYTES_MAX);
      while (head.status() / 100 == 1) {
        head = MessageHead.readResponse(in, HEAD_BYTES_MAX);
      }
      if (head.status() / 100 == 2 && in.hasBuffered()) {
        // With TLS, the server does not send first.
        throw new ProtocolException();
      }
      return head.status();
    } catch (IOException failure) {
      throw proxy.unreachable(failure);
    }
  }
}
