package dev.logshipper.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/// A TLS server of the JDK on the loopback interface, for `localhost`.
final class TlsServer implements AutoCloseable {
  /// What it does with a connection, each in a thread of its own.
  interface Service {
    void serve(SSLSocket socket) throws IOException;
  }

  static final Service ECHO =
      socket -> socket.getInputStream().transferTo(socket.getOutputStream());

  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("authority").build();
  private static final HeldCertificate CERTIFICATE =
      new HeldCertificate.Builder()
          .signedBy(AUTHORITY)
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("*.example.com")
          .build();

  private final SSLServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private TlsServer(SSLServerSocket listener, Service service) {
    this.listener = listener;
    Thread _ = Thread.ofVirtual().start(() -> accept(service));
  }

  static TlsServer start(Service service) throws IOException {
    return start(service, _ -> {});
  }

  /// @param setUp before the first connection
  static TlsServer start(Service service, Consumer<SSLServerSocket> setUp) throws IOException {
    SSLServerSocket listener =
        (SSLServerSocket)
            new HandshakeCertificates.Builder()
                .heldCertificate(CERTIFICATE)
                .build()
                .sslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    setUp.accept(listener);
    return new TlsServer(listener, service);
  }

  /// A trust manager that trusts it.
  static LazyTrustManager trusted() {
    return LazyTrustManager.ofJvm(List.of(AUTHORITY.certificate()));
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept(Service service) {
    try {
      while (true) {
        SSLSocket socket = (SSLSocket) listener.accept();
        open.add(socket);
        Thread _ = Thread.ofVirtual().start(() -> serve(socket, service));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private void serve(SSLSocket socket, Service service) {
    try (socket) {
      service.serve(socket);
    } catch (IOException _) {
      // The client sees it, too.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
