package dev.logshipper.sandbox.environment.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;

/// A delivery that has stopped somewhere in its body. Not for use by several threads.
public final class PartialDelivery implements AutoCloseable {
  private static final int RESPONSE_MILLIS_MAX = 10_000;

  private final Socket socket;
  private final byte[] body;
  private final int sent;

  private PartialDelivery(Socket socket, byte[] body, int sent) {
    this.socket = socket;
    this.body = body;
    this.sent = sent;
  }

  static PartialDelivery begin(Subscription subscription, byte[] body, int bytes)
      throws IOException {
    URI destination = subscription.destination();
    Socket socket = new Socket(destination.getHost(), destination.getPort());
    socket.setSoTimeout(RESPONSE_MILLIS_MAX);
    String head =
        "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(
                subscription.method(),
                destination.getRawPath().isEmpty() ? "/" : destination.getRawPath(),
                destination.getRawAuthority(),
                body.length);
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    socket.getOutputStream().write(body, 0, bytes);
    return new PartialDelivery(socket, body, bytes);
  }

  /// Sends the remaining bytes and returns the subscriber's status.
  ///
  /// @throws IOException when it has ended the connection, or is silent for 10 s
  public int finish() throws IOException {
    socket.getOutputStream().write(body, sent, body.length - sent);
    String statusLine =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
    if (statusLine == null) {
      throw new IOException("the subscriber ended the connection without a response");
    }
    return Integer.parseInt(statusLine.split(" ", 3)[1]);
  }

  /// Ends the connection, in the middle of the body unless it was finished.
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
