package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JdkSocketFactoryTest {
  private final HeldCertificate certificate =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();

  @Test
  void serverWithoutX25519IsReachedAtTheSecondAttempt() throws Exception {
    try (SSLServerSocket server = serving("secp256r1")) {
      LazyTrustManager trusted = LazyTrustManager.ofJvm(List.of(certificate.certificate()));

      assertThatThrownBy(() -> handshake(trusted, server)).isInstanceOf(SSLException.class);
      handshake(trusted, server);
      handshake(LazyTrustManager.ofJvm(List.of(certificate.certificate())), server);
    }
  }

  @Test
  void firstHandshakeHasOneKeyShare() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FutureTask<Integer> length = inBackground(() -> helloBytes(server));
      LazyTrustManager trusted = LazyTrustManager.ofJvm(List.of());
      assertThatThrownBy(() -> handshake(trusted, server)).isInstanceOf(IOException.class);
      int first = length.get();

      FutureTask<Integer> second = inBackground(() -> helloBytes(server));
      assertThatThrownBy(() -> handshake(trusted, server)).isInstanceOf(IOException.class);

      // A share on P-256 is 65 bytes and 4 for its group and length; the other groups have two.
      assertThat(second.get() - first).isGreaterThanOrEqualTo(69);
    }
  }

  private static int helloBytes(ServerSocket server) throws IOException {
    try (Socket accepted = server.accept()) {
      byte[] header = new DataInputStream(accepted.getInputStream()).readNBytes(5);
      int length = (header[3] & 0xff) << 8 | (header[4] & 0xff);
      return accepted.getInputStream().readNBytes(length).length;
    }
  }

  private SSLServerSocket serving(String group) throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    SSLParameters parameters = server.getSSLParameters();
    parameters.setNamedGroups(new String[] {group});
    server.setSSLParameters(parameters);
    FutureTask<Boolean> _ =
        inBackground(() -> {
          while (true) {
            try (SSLSocket accepted = (SSLSocket) server.accept()) {
              accepted.startHandshake();
              accepted.getOutputStream().write(1);
            } catch (SSLException _) {
              // The client's first attempt.
            }
          }
        });
    return server;
  }

  private static void handshake(LazyTrustManager trusted, ServerSocket server) throws IOException {
    Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
    try (SSLSocket secured =
        (SSLSocket)
            trusted
                .socketFactory()
                .createSocket(socket, "localhost", server.getLocalPort(), true)) {
      secured.startHandshake();
      assertThat(secured.getInputStream().read()).isEqualTo(1);
    }
  }

  private static <T> FutureTask<T> inBackground(Callable<T> task) {
    FutureTask<T> running = new FutureTask<>(task);
    Thread.ofVirtual().start(running);
    return running;
  }
}
