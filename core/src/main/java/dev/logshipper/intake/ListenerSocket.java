package dev.logshipper.intake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;

/// The socket of a [LogsListener]: the launcher's or one of its own.
public final class ListenerSocket {
  /// A client beyond it waits a second before its next attempt, the platform included. The launcher
  /// uses the same number.
  private static final int BACKLOG = 256;

  private ListenerSocket() {}

  /// Takes over the launcher's listening socket, this process's standard input, with the deliveries
  /// that wait in it. The JDK closes all standard streams when it is closed.
  public static ServerSocket inherit() throws IOException {
    if (System.inheritedChannel() instanceof ServerSocketChannel channel) {
      return channel.socket();
    }
    throw new IOException("standard input does not listen");
  }

  /// Binds.
  ///
  /// @param port to bind to, or 0 for a free one
  public static ServerSocket bind(InetAddress address, int port) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(address, port), BACKLOG);
    return server;
  }
}
