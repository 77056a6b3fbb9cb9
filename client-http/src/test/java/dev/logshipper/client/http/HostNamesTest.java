package dev.logshipper.client.http;

import static dev.logshipper.client.http.ClientFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.TlsKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Dns;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Host names that the JDK does not take for such.
@ParameterizedClass
@EnumSource(TlsKind.class)
@Timeout(30)
class HostNamesTest {
  @Parameter TlsKind kind = TlsKind.NATIVE;

  @BeforeEach
  void choose() {
    kind.choose();
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "project_loki, project_loki",
    "_a, _a",
    "LOGS_1.Example.com, logs_1.example.com",
    "logs.example.com., logs.example.com.",
    "l\u00f6ki.example, xn--lki-sna.example"
  })
  void serverIsReachedByName(String name, String lookedUp) throws Exception {
    try (MockWebServer server = serving()) {
      Dns dns = only(lookedUp);
      try (ClientFixture http =
          new ClientFixture(dns, 0, "http://" + name + ":" + server.getPort() + "/")) {
        assertThat(http.send(in(5_000))).isEqualTo(SendResult.DELIVERED);
      }
      assertThat(server.takeRequest().getHeaders().get("Host"))
          .isEqualTo(lookedUp + ":" + server.getPort());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "project_loki, project_loki",
    "my_host.example.com, my_host.example.com",
    "logs.example.com., logs.example.com"
  })
  void serverIsReachedByNameOverTls(String name, String sent) throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName(sent).build();
    try (MockWebServer server = serving()) {
      server.useHttps(
          new HandshakeCertificates.Builder()
              .heldCertificate(certificate)
              .build()
              .sslSocketFactory());
      Path ca = Files.writeString(folder.resolve("ca.pem"), certificate.certificatePem());
      String url = "https://" + name + ":" + server.getPort() + "/";
      try (ClientFixture http =
          new ClientFixture(only(name), 0, url, "PUSHER_HTTP_CA_FILE", ca.toString())) {
        assertThat(http.send(in(20_000))).isEqualTo(SendResult.DELIVERED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"my_proxy", "MY_PROXY", "http://my_proxy", "http://me:s3cret@my_proxy"})
  void proxyIsReachedByName(String proxy) throws Exception {
    try (MockWebServer server = serving();
        ClientFixture http =
            new ClientFixture(
                only("my_proxy"),
                0,
                "http://logs.example.com/",
                "HTTP_PROXY",
                proxy + ":" + server.getPort())) {
      assertThat(http.send(in(5_000))).isEqualTo(SendResult.DELIVERED);
    }
  }

  private static MockWebServer serving() throws IOException {
    MockWebServer server = new MockWebServer();
    server.start();
    server.enqueue(new MockResponse.Builder().code(200).build());
    return server;
  }

  private static Dns only(String name) {
    return host -> {
      if (!host.toLowerCase(Locale.ROOT).equals(name)) {
        throw new UnknownHostException(host);
      }
      return List.of(InetAddress.getLoopbackAddress());
    };
  }
}
