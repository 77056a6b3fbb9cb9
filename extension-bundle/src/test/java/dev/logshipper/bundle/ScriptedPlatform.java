package dev.logshipper.bundle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// A platform that sends the next of its responses to each request, intact or not, and closes the
/// connection after some of them. When it has no more, it is gone.
final class ScriptedPlatform implements AutoCloseable {
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  private final ServerSocket server;
  private final Queue<byte[]> responses;

  ScriptedPlatform(List<byte[]> responses) throws IOException {
    this.responses = new ArrayDeque<>(responses);
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("scripted-platform").start(this::serveAll);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void serveAll() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(50);
        serve(socket);
      } catch (IOException _) {
        // The launcher or the test has closed it, or the launcher waits for more of a response.
      }
    }
  }

  /// Ends with the responses, or when the launcher sends nothing more.
  private void serve(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    while (readHead(in)) {
      byte[] response = responses.poll();
      if (response == null) {
        server.close();
        return;
      }
      socket.getOutputStream().write(response);
    }
  }

  /// The bodies of requests are passed over with the next head.
  private static boolean readHead(InputStream in) throws IOException {
    int matched = 0;
    while (matched < END_OF_HEAD.length) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
