package dev.logshipper.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Passes TCP connections on to another port, until it is asked to forget those that exist, as a
/// NAT gateway does: it then neither reads from them nor closes them.
final class Passage implements AutoCloseable {
  private static final int RECEIVE_BUFFER_BYTES = 4096;

  private final ServerSocket listener = new ServerSocket();
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Socket> forgotten = new CopyOnWriteArrayList<>();

  Passage(int target) throws IOException {
    this.target = target;
    // Otherwise the kernel accepts a whole batch, and nothing gets stuck.
    listener.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void forgetConnections() {
    forgotten.addAll(sockets);
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
        Thread.ofPlatform().daemon().start(() -> pass(client, server));
        Thread.ofPlatform().daemon().start(() -> pass(server, client));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (true) {
        int count = in.read(buffer);
        if (forgotten.contains(from)) {
          return;
        }
        if (count < 0) {
          to.shutdownOutput();
          return;
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException _) {
      // Closed.
    }
  }
}
