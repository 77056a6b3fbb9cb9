package dev.logshipper.bundle;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// A request to the fake API, and the means to respond.
///
/// @param connection the number of its connection, from 1
/// @param arrivedNanos on the scale of `System.nanoTime()`
record Exchange(Socket socket, int connection, String head, String body, long arrivedNanos) {
  static final Charset WIRE = StandardCharsets.UTF_8;

  String requestLine() {
    return head.lines().findFirst().orElse("");
  }

  /// The value, or `none`.
  String header(String name) {
    return header(head, name);
  }

  void respond(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(WIRE));
  }

  /// Ends the platform's side of the connection, unless the launcher was faster.
  void end() throws IOException {
    try {
      socket.shutdownOutput();
    } catch (SocketException _) {
      // Closed by the launcher.
    }
  }

  /// Sends the platform's response to a registration.
  void register(String identifier, String body) throws IOException {
    respond(
        """
        HTTP/1.1 200 OK\r
        Content-Type: application/json\r
        Lambda-Extension-Identifier: %s\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(identifier, body.getBytes(WIRE).length, body));
  }

  void event(String json) throws IOException {
    respond("HTTP/1.1 200 OK\r\nContent-Length: " + json.length() + "\r\n\r\n" + json);
  }

  static int contentLength(String head) {
    String length = header(head, "content-length");
    return length.equals("none") ? 0 : Integer.parseInt(length);
  }

  private static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("none");
  }
}
