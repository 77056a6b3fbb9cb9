package dev.logshipper.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.TlsKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
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
import org.junit.jupiter.api.BeforeEach;
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
  private final TlsKind kind;
  private LazyTrustManager trusted = TlsServer.trusted();

  TlsSocketTest(TlsKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void choose() {
    kind.choose();
    trusted = TlsServer.trusted();
  }

  private SSLSocket connect(TlsServer server) throws IOException {
    return connect("localhost", server.port());
  }

  /// With TLS 1.2 the JDK's first offer excludes certificates on NIST's curves.
  private SSLSocket connectAgain(TlsServer server) throws IOException {
    if (kind == TlsKind.JDK) {
      connect(server).close();
    }
    return connect(server);
  }

  private SSLSocket connect(String host, int port) throws IOException {
    Socket tcp = new Socket(InetAddress.getLoopbackAddress(), port);
    return (SSLSocket) trusted.socketFactory().createSocket(tcp, host, port, true);
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
        SSLSocket socket = connectAgain(server)) {
      FutureTask<Void> writing = inBackground(() -> socket.getOutputStream().write(sent));

      assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      writing.get();
      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
    }
  }

  @Test
  void sessionDescribesTheConnection() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO);
        SSLSocket socket = connect(server)) {
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
        SSLSocket socket = connectAgain(server)) {
      socket.getOutputStream().write(7);

      assertThat(socket.getInputStream().read()).isEqualTo(7);
      assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
    }
  }

  @Test
  void onlyEnabledProtocolsAndSuitesAreOffered() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO);
        SSLSocket socket = connectAgain(server)) {
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
        SSLSocket socket = connect(server)) {
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
        SSLSocket socket = connect(host, server.port())) {
      socket.startHandshake();

      assertThat(seen.poll(10, TimeUnit.SECONDS))
          .isEqualTo(expected.isEmpty() ? List.of() : List.of(new SNIHostName(expected)));
    }
  }

  @Test
  void serverThatKnowsOnlyNistCurvesIsReachedAtTheSecondAttemptAtTheLatest() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO, TlsSocketTest::onlyNistCurves)) {
      if (kind == TlsKind.JDK) {
        try (SSLSocket socket = connect(server)) {
          assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
      }
      try (SSLSocket socket = connect(server)) {
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
              await(timedOut);
              socket.getOutputStream().write("second".getBytes(US_ASCII));
            });
        SSLSocket socket = connect(server)) {
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
      FutureTask<Socket> relayed = inBackgroundResult(() -> relay(relay, server.port()));
      try (SSLSocket socket = connect("localhost", relay.getLocalPort())) {
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
    FutureTask<Void> _ =
        inBackground(() -> client.getInputStream().transferTo(server.getOutputStream()));
    FutureTask<Void> _ =
        inBackground(() -> server.getInputStream().transferTo(client.getOutputStream()));
    return client;
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
      FutureTask<Void> answering =
          inBackground(() -> {
            try (Socket accepted = listener.accept()) {
              byte[] header = accepted.getInputStream().readNBytes(5);
              int length = (header[3] & 0xff) << 8 | (header[4] & 0xff);
              byte[] _ = accepted.getInputStream().readNBytes(length);
              accepted.getOutputStream().write(answer);
            }
          });
      try (SSLSocket socket = connect("localhost", listener.getLocalPort())) {
        socket.startHandshake();
      } finally {
        answering.get();
      }
    }
  }

  @Test
  void unknownAuthorityIsTheCauseOfTheFailure() throws Exception {
    trusted = LazyTrustManager.ofJvm(List.of());
    try (TlsServer server = TlsServer.start(TlsServer.ECHO);
        SSLSocket socket = connect(server)) {
      assertThatThrownBy(socket::startHandshake)
          .isInstanceOf(SSLHandshakeException.class)
          .hasRootCauseInstanceOf(CertPathBuilderException.class);
      assertThat(socket.isClosed()).isTrue();
    }
  }

  @Test
  void trustManagerMayCompareTheName() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO);
        SSLSocket socket = connect("elsewhere.example.org", server.port())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);

      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void closeEndsARead() throws Exception {
    try (TlsServer server = TlsServer.start(TlsServer.ECHO);
        SSLSocket socket = connect(server)) {
      socket.startHandshake();
      FutureTask<Integer> reading = inBackgroundResult(() -> socket.getInputStream().read());
      Thread.sleep(50);
      socket.close();

      if (kind == TlsKind.NATIVE) { // the JDK may see an end
        assertThatThrownBy(reading::get).hasCauseInstanceOf(IOException.class);
      }
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> socket.getOutputStream().write(1)).isInstanceOf(IOException.class);
      socket.close();
    }
  }

  @Test
  void closeOfTheTcpSocketEndsAWrite() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (TlsServer server =
            TlsServer.start(socket -> {
              socket.startHandshake();
              await(done);
            });
        Socket tcp = new Socket(InetAddress.getLoopbackAddress(), server.port());
        SSLSocket socket =
            (SSLSocket)
                trusted.socketFactory().createSocket(tcp, "localhost", server.port(), true)) {
      socket.startHandshake();
      FutureTask<Void> writing =
          inBackground(() -> socket.getOutputStream().write(new byte[50_000_000]));
      Thread.sleep(100);
      tcp.close();

      assertThatThrownBy(() -> writing.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
    } finally {
      done.countDown();
    }
  }

  @Test
  void closeEndsAHandshake() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SSLSocket socket = connect("localhost", silent.getLocalPort())) {
      FutureTask<Void> shaking = inBackground(socket::startHandshake);
      Thread.sleep(50);
      if (kind == TlsKind.NATIVE) {
        socket.close();
      } else {
        silent.close();
      }

      assertThatThrownBy(() -> shaking.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
    }
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
        SSLSocket socket =
            (SSLSocket)
                trusted.socketFactory().createSocket(tcp, "localhost", server.port(), true)) {
      assertThat(socket.getInputStream().readNBytes(10)).hasSize(10);
      Thread.sleep(100);

      assertThat(tcp.getInputStream().available()).isPositive();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      boolean _ = latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static FutureTask<Void> inBackground(Action action) {
    return inBackgroundResult(() -> {
      action.run();
      return null;
    });
  }

  private static <T> FutureTask<T> inBackgroundResult(Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    Thread _ = Thread.ofVirtual().start(task);
    return task;
  }
}
