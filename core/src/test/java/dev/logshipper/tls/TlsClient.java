package dev.logshipper.tls;

import dev.logshipper.testkit.TlsKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/// Connections to a [TlsServer] with one implementation of TLS.
final class TlsClient {
  private final TlsKind kind;
  private LazyTrustManager trusted;

  TlsClient(TlsKind kind) {
    this.kind = kind;
    kind.choose();
    trusted = TlsServer.trusted();
  }

  TlsKind kind() {
    return kind;
  }

  /// Replaces the authorities, which are those of the server.
  void trust(LazyTrustManager authorities) {
    trusted = authorities;
  }

  SSLSocket connect(TlsServer server) throws IOException {
    return connect("localhost", server.port());
  }

  /// With TLS 1.2 the JDK's first offer excludes certificates on NIST's curves.
  SSLSocket connectAgain(TlsServer server) throws IOException {
    if (kind == TlsKind.JDK) {
      connect(server).close();
    }
    return connect(server);
  }

  SSLSocket connect(String host, int port) throws IOException {
    return connect(new Socket(InetAddress.getLoopbackAddress(), port), host);
  }

  SSLSocket connect(Socket tcp, String host) throws IOException {
    return (SSLSocket) trusted.socketFactory().createSocket(tcp, host, tcp.getPort(), true);
  }
}
