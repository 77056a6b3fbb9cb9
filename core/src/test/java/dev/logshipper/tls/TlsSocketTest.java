package dev.logshipper.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logshipper.testkit.TlsKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // closes while another thread uses it
@ParameterizedClass
@EnumSource(TlsKind.class)
@Timeout(60)
class TlsSocketTest {
  private final TlsClient client;

  TlsSocketTest(TlsKind kind) {
    client = new TlsClient(kind);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void megabytesGoBothWaysAtTheSameTime(String protocol) throws Exception {
    byte[] sent = random(3_000_001);
    try (TlsServer server =
            TlsServer.start(
                TlsServer.ECHO, each -> each.setEnabledProtocols(new String[] {protocol}));
        SSLSocket socket = client.connectAgain(server)) {
      Background<Void> writing = Background.run(() -> socket.getOutputStream().write(sent));

      assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      writing.get();
      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
    }
  }

  @Test
  void sessionDescribesTheConnection() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO);
        SSLSocket socket = client.connect(server)) {
      socket.startHandshake();
      SSLSession session = socket.getSession();

      assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
      assertThat(session.getCipherSuite()).startsWith("TLS_AES_");
      assertThat(session.getPeerHost()).isEqualTo("localhost");
      assertThat(((X509Certificate) session.getPeerCertificates()[0]).getIssuerX500Principal())
          .hasToString("CN=authority");
      assertThat(session.getLocalCertificates()).isNull();
      ServerName.check(session, "localhost");
      assertThatThrownBy(() -> ServerName.check(session, "elsewhere.example.org"))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_256_GCM_SHA384",
  })
  void suiteOfTheServerIsUsed(String suite) throws Exception {
    try (TlsServer server =
            TlsServer.start(
                TlsServer.ECHO, each -> each.setEnabledCipherSuites(new String[] {suite}));
        SSLSocket socket = client.connectAgain(server)) {
      socket.getOutputStream().write(7);

      assertThat(socket.getInputStream().read()).isEqualTo(7);
      assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
    }
  }

  @Test
  void onlyEnabledProtocolsAndSuitesAreOffered() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO);
        SSLSocket socket = client.connectAgain(server)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
      socket.startHandshake();

      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
      assertThat(socket.getSession().getCipherSuite())
          .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    }
  }

  @ParameterizedTest
  @CsvSource({"h2, h2", "http/1.1, http/1.1", "other, ''"})
  void applicationProtocolIsNegotiated(String ofServer, String expected) throws Exception {
    try (TlsServer server =
            TlsServer.start(socket -> {
              socket.setHandshakeApplicationProtocolSelector(
                  (_, offered) -> offered.contains(ofServer) ? ofServer : "");
              TlsServer.ECHO.serve(socket);
            });
        SSLSocket socket = client.connect(server)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      assertThat(socket.getApplicationProtocol()).isNull();
      socket.startHandshake();

      assertThat(socket.getApplicationProtocol()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.example.com, a.example.com",
    "localhost, ''",
    "127.0.0.1, ''",
    "a_b.example.com, ''"
  })
  void serverNameIsIndicated(String host, String expected) throws Exception {
    BlockingQueue<List<SNIServerName>> seen = new LinkedBlockingQueue<>();
    try (TlsServer server =
            TlsServer.start(socket -> {
              socket.startHandshake();
              seen.add(((ExtendedSSLSession) socket.getSession()).getRequestedServerNames());
            });
        SSLSocket socket = client.connect(host, server.port())) {
      socket.startHandshake();

      assertThat(seen.poll(10, TimeUnit.SECONDS))
          .isEqualTo(expected.isEmpty() ? List.of() : List.of(new SNIHostName(expected)));
    }
  }

  @Test
  void serverThatKnowsOnlyNistCurvesIsReachedAtTheSecondAttemptAtTheLatest() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO, TlsSocketTest::onlyNistCurves)) {
      if (client.kind() == TlsKind.JDK) {
        try (SSLSocket socket = client.connect(server)) {
          assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
      }
      try (SSLSocket socket = client.connect(server)) {
        socket.startHandshake();
      }
    }
  }

  private static void onlyNistCurves(SSLServerSocket server) {
    SSLParameters parameters = server.getSSLParameters();
    parameters.setNamedGroups(new String[] {"secp384r1"});
    server.setSSLParameters(parameters);
  }

  @Test
  void readThatTimedOutContinues() throws Exception {
    CountDownLatch timedOut = new CountDownLatch(1);
    try (TlsServer server =
            TlsServer.start(socket -> {
              socket.getOutputStream().write("first".getBytes(US_ASCII));
              Background.await(timedOut);
              socket.getOutputStream().write("second".getBytes(US_ASCII));
            });
        SSLSocket socket = client.connect(server)) {
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(5)).asString(US_ASCII).isEqualTo("first");
      socket.setSoTimeout(1);
      assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
      socket.setSoTimeout(0);
      timedOut.countDown();

      assertThat(in.readAllBytes()).asString(US_ASCII).isEqualTo("second");
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void endOfTheTcpConnectionIsTheEndOfTheStream() throws Exception {
    try (ServerSocket relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TlsServer server = TlsServer.start(TlsServer.ECHO)) {
      Background<Socket> relayed = Background.call(() -> relay(relay, server.port()));
      try (SSLSocket socket = client.connect("localhost", relay.getLocalPort())) {
        InputStream in = socket.getInputStream();
        socket.getOutputStream().write(1);
        assertThat(in.read()).isEqualTo(1);
        relayed.get().shutdownOutput();

        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  /// Passes bytes on between the next connection and a server, in both directions.
  private static Socket relay(ServerSocket listener, int port) throws IOException {
    Socket client = listener.accept();
    Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
    Background<?> _ =
        Background.run(() -> client.getInputStream().transferTo(server.getOutputStream()));
    Background<?> _ =
        Background.run(() -> server.getInputStream().transferTo(client.getOutputStream()));
    return client;
  }

  @Test
  void bytesBeyondARecordStayInTheTcpSocket() throws Exception {
    try (TlsServer server =
            TlsServer.start(socket -> {
              socket.getOutputStream().write(new byte[10]);
              socket.getOutputStream().write(new byte[10]);
              socket.getInputStream().read();
            });
        Socket tcp = new Socket(InetAddress.getLoopbackAddress(), server.port());
        SSLSocket socket = client.connect(tcp, "localhost")) {
      assertThat(socket.getInputStream().readNBytes(10)).hasSize(10);

      await().untilAsserted(() -> assertThat(tcp.getInputStream().available()).isPositive());
    }
  }
}
