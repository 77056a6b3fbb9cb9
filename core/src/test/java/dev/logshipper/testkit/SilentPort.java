package dev.logshipper.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A port that drops attempts to connect without a word, as a firewall does: its queue of
/// connections is full and never served.
public final class SilentPort implements AutoCloseable {
  private static final int PROBE_MILLIS = 100;

  private final ServerSocket listener;
  private final List<Socket> queued = new ArrayList<>();

  /// @param address of this machine
  public SilentPort(String address, int port) throws IOException {
    listener = new ServerSocket(port, 1, InetAddress.getByName(address));
    while (fits()) {
      // One more is queued.
    }
  }

  /// Makes room in the queue after a while.
  public void acceptAfter(Duration delay) {
    try {
      Thread.sleep(delay);
      for (Socket _ : queued) {
        listener.accept().close();
      }
    } catch (IOException | InterruptedException _) {
      // Closed first.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : queued) {
      socket.close();
    }
  }

  private boolean fits() throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), PROBE_MILLIS);
      return queued.add(socket);
    } catch (SocketTimeoutException _) {
      socket.close();
      return false;
    }
  }
}
