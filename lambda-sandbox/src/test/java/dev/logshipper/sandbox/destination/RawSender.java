package dev.logshipper.sandbox.destination;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/// A client that writes the given bytes, valid or not.
final class RawSender implements AutoCloseable {
  private final Socket socket;

  RawSender(HttpDestination destination) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), destination.port());
    socket.setSoTimeout((int) Sender.PATIENCE.toMillis());
  }

  RawSender send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /// The next response head, status line first, up to and without the empty line.
  String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int octet = socket.getInputStream().read();
      if (octet < 0) {
        throw new IOException("closed after: " + text);
      }
      head.write(octet);
      text = head.toString(ISO_8859_1);
    }
    return text.strip();
  }

  /// All bytes until the other side closes the connection.
  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
