package dev.logshipper.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.TlsKind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Handshakes that fail, and the reason that the exception names.
@ParameterizedClass
@EnumSource(TlsKind.class)
@Timeout(60)
class TlsFailureTest {
  private final TlsClient client;

  TlsFailureTest(TlsKind kind) {
    client = new TlsClient(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 400 Bad Request, Unsupported or unrecognized SSL message",
  })
  void serverWithoutTlsIsRecognized(String answer, String message) throws Exception {
    assertThatThrownBy(() -> handshakeWith(answer.getBytes(US_ASCII)))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0246, protocol_version",
    "0228, handshake_failure",
    "0247, insufficient_security",
    "0274, certificate_required",
    "022a, bad_certificate",
  })
  void alertOfTheServerIsNamed(String alert, String name) {
    assertThatThrownBy(() -> handshakeWith(HexFormat.of().parseHex("1503030002" + alert)))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining(name);
  }

  @Test
  void serverOfAnOldVersionIsRecognized() {
    // A ServerHello of TLS 1.0: version, random, no session, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA.
    String hello = "0301" + "00".repeat(32) + "00" + "c013" + "00";
    assertThatThrownBy(() -> handshakeWith(HexFormat.of().parseHex("160301002a02000026" + hello)))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("protocol_version");
  }

  @Test
  void endDuringTheHandshakeIsAFailureOfIt() {
    assertThatThrownBy(() -> handshakeWith(new byte[] {}))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("terminated the handshake");
  }

  /// Shakes hands with a server that reads some bytes, sends these, and closes.
  private void handshakeWith(byte[] answer) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Background<Void> answering =
          Background.run(() -> {
            try (Socket accepted = listener.accept()) {
              byte[] header = accepted.getInputStream().readNBytes(5);
              int length = (header[3] & 0xff) << 8 | (header[4] & 0xff);
              byte[] _ = accepted.getInputStream().readNBytes(length);
              accepted.getOutputStream().write(answer);
            }
          });
      try (SSLSocket socket = client.connect("localhost", listener.getLocalPort())) {
        socket.startHandshake();
      } finally {
        answering.get();
      }
    }
  }

  @Test
  void unknownAuthorityIsTheCauseOfTheFailure() throws Exception {
    client.trust(LazyTrustManager.ofJvm(List.of()));
    try (TlsServer server = TlsServer.start(TlsServer.ECHO);
        SSLSocket socket = client.connect(server)) {
      assertThatThrownBy(socket::startHandshake)
          .isInstanceOf(SSLHandshakeException.class)
          .hasRootCauseInstanceOf(CertPathBuilderException.class);
      assertThat(socket.isClosed()).isTrue();
    }
  }

  @Test
  void trustManagerMayCompareTheName() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO);
        SSLSocket socket = client.connect("elsewhere.example.org", server.port())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);

      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
    }
  }
}
