package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An HTTP proxy before one server: opens tunnels and forwards plain requests to it, whatever host
/// they name. Each direction of each connection has a thread.
public final class ForwardingProxy implements AutoCloseable {
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;
  private final int serverPort;
  private volatile int status;

  /// Listens on a free port.
  ///
  /// @param serverPort of the local server
  public ForwardingProxy(int serverPort) throws IOException {
    this(serverPort, 0);
  }

  /// Listens on this port, for example where an earlier proxy was closed.
  public ForwardingProxy(int serverPort, int port) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /// Its port.
  public int port() {
    return listener.getLocalPort();
  }

  /// Its URL.
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /// The heads of the requests received.
  public List<String> heads() {
    return heads;
  }

  /// Rejects all requests from now on; 0 to forward them.
  public void reject(int newStatus) {
    status = newStatus;
  }

  /// Closes all connections, in the middle of anything.
  public void cut() {
    for (Socket socket : sockets) {
      close(socket);
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        Thread.ofPlatform().daemon().start(() -> serve(client));
      }
    } catch (IOException _) {
      // The proxy was closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      String head = RawPeer.readHead(in);
      heads.add(head);
      if (status != 0) {
        RawPeer.send(
            out, "HTTP/1.1 " + status + " -\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        client.shutdownOutput();
        in.transferTo(OutputStream.nullOutputStream());
        return;
      }
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
        sockets.add(server);
        if (head.startsWith("CONNECT ")) {
          RawPeer.send(out, "HTTP/1.1 200 Connection established\r\n\r\n");
        } else {
          server.getOutputStream().write(forwarded(head).getBytes(ISO_8859_1));
        }
        Thread.ofPlatform().daemon().start(() -> copy(client, server));
        copy(server, client);
      }
    } catch (IOException _) {
      // A side disconnected, which its test checks.
    }
  }

  /// With the path only, and the end of the response at the end of the connection.
  private static String forwarded(String head) {
    int from = head.indexOf("://") + 3;
    String method = head.substring(0, head.indexOf(' ') + 1);
    return (method + head.substring(head.indexOf('/', from)))
        .replaceFirst("\r\n", "\r\nConnection: close\r\n")
        .replaceFirst("Proxy-Authorization: [^\r]*\r\n", "");
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // The other direction ends, too.
    }
    close(from);
    close(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }
}
