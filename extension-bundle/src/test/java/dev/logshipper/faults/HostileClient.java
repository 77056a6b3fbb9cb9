package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.logshipper.sandbox.environment.Sandbox;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// A process in the environment that sends to the extension's listener over any number of
/// connections, which stay open until it is closed.
final class HostileClient implements AutoCloseable {
  private final URI listener;
  private final List<Socket> connections = new ArrayList<>();

  HostileClient(Sandbox sandbox) {
    listener =
        URI.create(
            String.valueOf(
                sandbox
                    .timeline()
                    .entries("telemetry.subscribed")
                    .getLast()
                    .details()
                    .get("destination")));
  }

  /// The listener's port.
  int port() {
    return listener.getPort();
  }

  /// Opens a connection.
  Socket connect() throws IOException {
    Socket socket = new Socket(listener.getHost(), listener.getPort());
    connections.add(socket);
    return socket;
  }

  /// Opens a connection and writes to it; stops silently when the listener closes it.
  Socket send(String text) throws IOException {
    Socket socket = connect();
    write(socket, text.getBytes(ISO_8859_1));
    return socket;
  }

  /// Writes to a connection, if the listener has not closed it.
  ///
  /// @return whether it was open
  static boolean write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// The first line of a response; empty when the connection was closed without one.
  static String statusLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = socket.getInputStream().read();
    while (c >= 0 && c != '\r') {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
