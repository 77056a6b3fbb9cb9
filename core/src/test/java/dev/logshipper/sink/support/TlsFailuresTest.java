package dev.logshipper.sink.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Deadline;
import dev.logshipper.testkit.RawPeer;
import dev.logshipper.testkit.TlsKind;
import dev.logshipper.tls.LazyTrustManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Failures of TLS as both implementations report them, and their descriptions.
@ParameterizedClass
@EnumSource(TlsKind.class)
@Timeout(60)
class TlsFailuresTest {
  @Parameter TlsKind kind = TlsKind.NATIVE;

  @BeforeEach
  void choose() {
    kind.choose();
  }

  private static final HeldCertificate CA =
      new HeldCertificate.Builder().certificateAuthority(0).build();
  private static final ConnectionVariables VARIABLES =
      new ConnectionVariables("URL", "CA_FILE", "CERT_FILE");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
        "<html>400 Bad Request</html>",
        "SSH-2.0-OpenSSH_9.6\r\n"
      })
  void portWithoutTlsIsDescribed(String response) throws Exception {
    try (RawPeer peer =
        new RawPeer((p, _, in, out) -> {
          int _ = in.read();
          RawPeer.send(out, response);
          p.awaitClose();
        })) {
      assertThat(failure("localhost", peer.port()))
          .isEqualTo(
              "TLS handshake failed: the server does not speak TLS on this port; is it http://?"
                  + " (check URL)");
    }
  }

  @Test
  void endDuringTheHandshakeIsDescribed() throws Exception {
    try (RawPeer peer = new RawPeer((_, _, in, _) -> in.skipNBytes(100))) {
      assertThat(failure("localhost", peer.port())).isEqualTo(closed());
    }
  }

  @Test
  void resetDuringTheHandshakeIsDescribed() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread resetting =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try (Socket socket = listener.accept()) {
                  int _ = socket.getInputStream().read();
                  socket.setSoLinger(true, 0);
                } catch (IOException _) {
                  // The test fails otherwise.
                }
              });
      assertThat(failure("localhost", listener.getLocalPort())).isEqualTo(closed());
      resetting.join();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "70, 'no common version of TLS: the server is too old, 1.2 is needed'",
    "40, 'no common cipher, or the server requires a client certificate (set CERT_FILE)'",
    "42, 'the server requires another client certificate, or one at all (set CERT_FILE)'",
    "116, 'the server requires another client certificate, or one at all (set CERT_FILE)'",
    "112, the server does not know the host name (check URL)",
  })
  void alertIsDescribed(int alert, String description) throws Exception {
    try (RawPeer peer =
        new RawPeer((p, _, in, out) -> {
          int _ = in.read();
          out.write(new byte[] {21, 3, 3, 0, 2, 2, (byte) alert});
          p.awaitClose();
        })) {
      assertThat(failure("localhost", peer.port()))
          .isEqualTo("TLS handshake failed: " + description);
    }
  }

  /// With TLS 1.3 the server finds out after the handshake, and may reset the connection before its
  /// reason is read.
  @Test
  void missingClientCertificateIsDescribed() throws Exception {
    SSLServerSocket listener = listener(signed("localhost").build());
    listener.setEnabledProtocols(new String[] {"TLSv1.2"});
    listener.setNeedClientAuth(true);
    try (RawPeer peer = new RawPeer(listener, (p, _, in, _) -> p.readRequest(in))) {
      assertThat(failure("localhost", peer.port()))
          .startsWith("TLS handshake failed: ")
          .contains("client certificate", "CERT_FILE");
    }
  }

  @Test
  void expiredCertificateIsDescribed() throws Exception {
    try (RawPeer peer = serving(signed("localhost").validityInterval(0, 1_000).build())) {
      assertThat(failure("localhost", peer.port()))
          .isEqualTo("TLS handshake failed: the server's certificate has expired");
    }
  }

  @Test
  void otherNameIsDescribed() throws Exception {
    try (RawPeer peer = serving(signed("other.test").build())) {
      assertThat(failure("localhost", peer.port())).isEqualTo(mismatch());
    }
  }

  @Test
  void unknownAuthorityIsDescribed() throws Exception {
    HeldCertificate own =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    try (RawPeer peer = serving(own)) {
      assertThat(failure("localhost", peer.port()))
          .isEqualTo(
              "TLS handshake failed: the CA of the server's certificate is not trusted (for a"
                  + " private CA set CA_FILE)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "my_store, my_store",
    "my_store, MY_STORE",
    "my_store.test, my_store.test",
    "my_store.test, *.test",
    "logs.my_store.test, *.my_store.test"
  })
  void nameWithAnUnderscoreIsVerified(String host, String inCertificate) throws Exception {
    try (RawPeer peer = serving(signed(inCertificate).build())) {
      assertThat(failure(host, peer.port())).isEqualTo("none");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "my_store, other",
    "my_store, *",
    "logs.my_store.test, *.test",
    "my_store.test, *.tes",
    "my_store.test, other.test"
  })
  void nameWithAnUnderscoreMustBeInTheCertificate(String host, String inCertificate)
      throws Exception {
    try (RawPeer peer = serving(signed(inCertificate).build())) {
      assertThat(failure(host, peer.port())).isEqualTo(mismatch());
    }
  }

  private static String mismatch() {
    return "TLS handshake failed: certificate does not match the host name (check URL)";
  }

  private static String closed() {
    return "TLS handshake failed: the server closed the connection; does it speak TLS on this"
        + " port, or require a client certificate? (check URL / CERT_FILE)";
  }

  private static String failure(String host, int port) throws Exception {
    try (Http1Client client =
        new Http1Client(
            "http1-test",
            1000,
            LazyTrustManager.ofJvm(List.of(CA.certificate()))::socketFactory,
            System::currentTimeMillis,
            null,
            new Addresses(
                _ -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                Addresses.SILENCE_MILLIS))) {
      Http1Request request =
          Http1Request.post(URI.create("https://" + host + ":" + port), "x".getBytes(UTF_8));
      Http1Response _ =
          client.send(request, Deadline.after(Duration.ofSeconds(20), System::nanoTime));
      return "none";
    } catch (IOException failure) {
      return Http1Client.describe(failure, VARIABLES);
    }
  }

  private static HeldCertificate.Builder signed(String name) {
    return new HeldCertificate.Builder().signedBy(CA).addSubjectAlternativeName(name);
  }

  private static RawPeer serving(HeldCertificate certificate) throws IOException {
    return new RawPeer(
        listener(certificate),
        (p, _, in, out) -> {
          p.readRequest(in);
          RawPeer.send(out, RawPeer.OK);
          p.awaitClose();
        });
  }

  private static SSLServerSocket listener(HeldCertificate certificate) throws IOException {
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .addTrustedCertificate(CA.certificate())
            .build();
    return (SSLServerSocket)
        certificates
            .sslContext()
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }
}
