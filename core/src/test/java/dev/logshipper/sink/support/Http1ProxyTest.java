package dev.logshipper.sink.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Deadline;
import dev.logshipper.testkit.ForwardingProxy;
import dev.logshipper.testkit.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Servers behind a proxy. Their name, `logs.test`, is known to the proxy only.
@Timeout(60)
class Http1ProxyTest {
  private static final HeldCertificate CERTIFICATE =
      new HeldCertificate.Builder().addSubjectAlternativeName("logs.test").build();
  private static final ProxySettings PROXY = ProxySettings.ofMode("s3");

  private final List<String> lookedUp = new CopyOnWriteArrayList<>();

  @Test
  void serverWithTlsIsReachedByATunnelThatIsKept() throws Exception {
    try (RawPeer server = tlsServer();
        ForwardingProxy proxy = new ForwardingProxy(server.port());
        Http1Client client = through("me:s3cret@127.0.0.1:" + proxy.port())) {
      assertThat(post(client, "https://logs.test/a").status()).isEqualTo(200);
      assertThat(post(client, "https://logs.test/b").status()).isEqualTo(200);

      assertThat(server.requests).hasValue(2);
      assertThat(proxy.heads().getFirst().lines())
          .containsExactly(
              "CONNECT logs.test:443 HTTP/1.1",
              "Host: logs.test:443",
              "Proxy-Authorization: Basic bWU6czNjcmV0",
              "");
      assertThat(proxy.heads()).hasSize(1);
      assertThat(lookedUp).containsOnly("127.0.0.1");
    }
  }

  @Test
  void plainRequestIsSentToTheProxyWithItsWholeUrl() throws Exception {
    List<String> heads = new CopyOnWriteArrayList<>();
    try (RawPeer proxy =
            new RawPeer((p, _, in, out) -> {
              while (true) {
                heads.add(p.request(in));
                RawPeer.send(out, RawPeer.OK);
              }
            });
        Http1Client client = through("me:s3cret@127.0.0.1:" + proxy.port())) {
      assertThat(post(client, "http://logs.test:8080/a?b=c").status()).isEqualTo(200);
      assertThat(post(client, "http://logs.test:8080/").status()).isEqualTo(200);

      assertThat(proxy.connections()).isEqualTo(1);
      assertThat(heads.getFirst())
          .startsWith("POST http://logs.test:8080/a?b=c HTTP/1.1\r\n")
          .contains("\r\nHost: logs.test:8080\r\n")
          .contains("\r\nProxy-Authorization: Basic bWU6czNjcmV0\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "407, : check the user and password in its URL",
    "403, ' to CONNECT: it does not allow this destination'",
    "502, ' to CONNECT: it cannot reach the destination'",
    "405, ' to CONNECT: it may not be a proxy for https://'"
  })
  void rejectedTunnelIsAFailureOfTheProxyAndOpenedByTheNextAttempt(int status, String meaning)
      throws Exception {
    try (RawPeer server = tlsServer();
        ForwardingProxy proxy = new ForwardingProxy(server.port());
        Http1Client client = through("me:s3cret@127.0.0.1:" + proxy.port())) {
      proxy.reject(status);
      assertReason(client, "https://logs.test/")
          .isEqualTo(
              "the proxy http://127.0.0.1:"
                  + proxy.port()
                  + " (PUSHER_S3_PROXY) returned "
                  + status
                  + meaning);

      proxy.reject(0);
      assertThat(post(client, "https://logs.test/").status()).isEqualTo(200);
      assertThat(server.requests).hasValue(1);
    }
  }

  @Test
  void plainRequestWithoutTheRightCredentialsIsAFailureOfTheProxy() throws Exception {
    try (ForwardingProxy proxy = new ForwardingProxy(1);
        Http1Client client = through("me:s3cret@127.0.0.1:" + proxy.port())) {
      proxy.reject(407);

      assertReason(client, "http://logs.test/")
          .contains("(PUSHER_S3_PROXY) returned 407: check the user and password in its URL")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void tunnelThatDiedWhileUnusedIsReplacedAtOnce() throws Exception {
    try (RawPeer server = tlsServer();
        ForwardingProxy proxy = new ForwardingProxy(server.port());
        Http1Client client = through("127.0.0.1:" + proxy.port())) {
      assertThat(post(client, "https://logs.test/").status()).isEqualTo(200);
      proxy.cut();

      assertThat(post(client, "https://logs.test/").status()).isEqualTo(200);
      assertThat(proxy.heads()).hasSize(2);
    }
  }

  @Test
  void proxyThatDiesDuringARequestIsAFailureAndNotRepeated() throws Exception {
    ForwardingProxy[] proxy = new ForwardingProxy[1];
    try (RawPeer server =
        tlsServer((p, _, in, _) -> {
          p.readRequest(in);
          proxy[0].cut();
        })) {
      proxy[0] = new ForwardingProxy(server.port());
      try (Http1Client client = through("127.0.0.1:" + proxy[0].port())) {
        assertThatThrownBy(() -> post(client, "https://logs.test/"))
            .isInstanceOf(IOException.class);
        assertThat(server.requests).hasValue(1);
      } finally {
        proxy[0].close();
      }
    }
  }

  @Test
  void unreachableProxyIsNamedInsteadOfTheServer() throws Exception {
    ForwardingProxy closed = new ForwardingProxy(1);
    closed.close();
    try (Http1Client client = through("me:s3cret@127.0.0.1:" + closed.port())) {
      assertReason(client, "https://logs.test/")
          .isEqualTo(
              "cannot reach the proxy http://127.0.0.1:"
                  + closed.port()
                  + " (PUSHER_S3_PROXY): connection refused");
    }
    try (Http1Client client = through("unknown.test:1")) {
      assertReason(client, "http://logs.test/")
          .isEqualTo(
              "cannot reach the proxy http://unknown.test:1 (PUSHER_S3_PROXY): unknown host");
    }
  }

  @Test
  void silentProxyIsNamedInsteadOfTheServerAndItsSocketClosed() throws Exception {
    try (RawPeer silent =
            new RawPeer((p, _, in, _) -> {
              String _ = RawPeer.readHead(in);
              if (in.read() < 0) {
                p.requests.incrementAndGet();
              }
            });
        Http1Client client = through("127.0.0.1:" + silent.port())) {
      assertThatThrownBy(() -> client.send(request("https://logs.test/"), in(300)))
          .isInstanceOf(TimeoutException.class)
          .hasMessage(
              "timed out waiting for a tunnel from the proxy http://127.0.0.1:"
                  + silent.port()
                  + " (PUSHER_S3_PROXY)");
      while (silent.requests.get() == 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void certificateOfTheServerIsVerifiedInTheTunnel() throws Exception {
    try (RawPeer server = tlsServer();
        ForwardingProxy proxy = new ForwardingProxy(server.port());
        Http1Client client = through("127.0.0.1:" + proxy.port())) {
      assertReason(client, "https://other.test/")
          .isEqualTo(
              "cannot reach S3: TLS handshake failed: certificate does not match the host name");
    }
  }

  private AbstractStringAssert<?> assertReason(Http1Client client, String url) throws Exception {
    try {
      throw new AssertionError("it succeeded: " + post(client, url));
    } catch (IOException failure) {
      return assertThat(Http1Client.reason(failure, "S3", ConnectionVariables.NONE));
    }
  }

  private Http1Client through(String proxy) {
    return new Http1Client(
        "http1-test",
        1000,
        new HandshakeCertificates.Builder().addTrustedCertificate(CERTIFICATE.certificate()).build()
            ::sslSocketFactory,
        System::currentTimeMillis,
        PROXY.proxies(Settings.of(Map.of("PUSHER_S3_PROXY", proxy), PROXY.all())),
        new Addresses(this::lookUp, Addresses.SILENCE_MILLIS));
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    lookedUp.add(host);
    if (host.endsWith(".test")) {
      throw new UnknownHostException();
    }
    return InetAddress.getAllByName(host);
  }

  private static RawPeer tlsServer() throws IOException {
    return tlsServer((p, _, in, out) -> {
      while (true) {
        p.readRequest(in);
        RawPeer.send(out, RawPeer.OK);
      }
    });
  }

  private static RawPeer tlsServer(RawPeer.Script script) throws IOException {
    ServerSocket listener =
        new HandshakeCertificates.Builder()
            .heldCertificate(CERTIFICATE)
            .build()
            .sslContext()
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    return new RawPeer(listener, script);
  }

  private static Http1Response post(Http1Client client, String url) throws Exception {
    return client.send(request(url), in(20_000));
  }

  private static Http1Request request(String url) {
    return Http1Request.post(URI.create(url), "x".getBytes(UTF_8));
  }

  private static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }
}
