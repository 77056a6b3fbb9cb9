package dev.logshipper.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/// A factory of TLS sockets over TCP sockets that are connected already, as both clients use it.
abstract class LayeredSocketFactory extends SSLSocketFactory {

  @Override
  public abstract Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException;

  @Override
  public final Socket createSocket(String host, int port) throws IOException {
    return createSocket(new Socket(host, port), host, port, true);
  }

  @Override
  public final Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(new Socket(host, port, from, fromPort), host, port, true);
  }

  @Override
  public final Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(new Socket(host, port), host.getHostAddress(), port, true);
  }

  @Override
  public final Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(new Socket(host, port, from, fromPort), host.getHostAddress(), port, true);
  }
}
