package dev.logshipper.client.http;

import static dev.logshipper.client.http.ClientFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.SendResult;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyTest {

  @Test
  void plainRequestIsSentThroughTheProxyWithItsCredentials() throws Exception {
    try (MockWebServer proxy = new MockWebServer()) {
      proxy.start();
      proxy.enqueue(new MockResponse.Builder().code(200).build());
      String url = "http://me:s3cret@" + proxy.getHostName() + ":" + proxy.getPort();
      try (ClientFixture http =
          new ClientFixture("http://logs.example.com/in", "PUSHER_HTTP_PROXY", url)) {
        assertThat(http.send(in(5_000))).isEqualTo(SendResult.DELIVERED);
      }

      RecordedRequest request = proxy.takeRequest();
      assertThat(request.getTarget()).isEqualTo("http://logs.example.com/in");
      assertThat(request.getHeaders().get("Proxy-Authorization")).isEqualTo("Basic bWU6czNjcmV0");
    }
  }

  @Test
  void rejectionByTheProxyPointsToItsUrl() throws Exception {
    try (MockWebServer proxy = new MockWebServer()) {
      proxy.start();
      proxy.enqueue(new MockResponse.Builder().code(407).build());
      String url = "http://me:s3cret@" + proxy.getHostName() + ":" + proxy.getPort();
      try (ClientFixture http =
          new ClientFixture("http://logs.example.com/in", "PUSHER_HTTP_PROXY", url)) {
        SendResult result = http.send(in(5_000));

        assertThat(((SendResult.Rejected) result).reason())
            .contains("407", "proxy URL")
            .doesNotContain("s3cret");
        assertThat(proxy.getRequestCount()).isEqualTo(1);
      }
    }
  }

  @Test
  void tunnelRequestCarriesTheProxyCredentialsOnly() throws Exception {
    try (MockWebServer proxy = new MockWebServer()) {
      proxy.start();
      proxy.enqueue(new MockResponse.Builder().code(403).build());
      String url = "http://me:s3cret@" + proxy.getHostName() + ":" + proxy.getPort();
      try (ClientFixture http =
          new ClientFixture("https://logs.example.com/in", "HTTPS_PROXY", url)) {
        assertThat(http.send(in(20_000)))
            .isEqualTo(SendResult.retry("cannot reach logs.example.com: connection failed"));
      }

      RecordedRequest request = proxy.takeRequest();
      assertThat(request.getMethod()).isEqualTo("CONNECT");
      assertThat(request.getHeaders().get("Proxy-Authorization")).isEqualTo("Basic bWU6czNjcmV0");
      assertThat(request.getHeaders().get("Authorization")).isNull();
      assertThat(proxy.getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void noProxyIsUsedWithoutAVariable() {
    assertThat(choice("https://logs.example.com", Map.of()).proxy()).isEqualTo(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @CsvSource({
    "https://logs.example.com, secure",
    "http://logs.example.com, plain",
    "http://127.0.0.1:8080, none",
    "http://localhost, none",
    "http://[::1]:80, none"
  })
  void sharedVariableIsChosenByTheSchemeOfTheEndpoint(String endpoint, String expected) {
    ProxyChoice choice =
        choice(endpoint, Map.of("HTTPS_PROXY", "secure:3128", "http_proxy", "http://plain"));

    assertThat(nameOf(choice)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://logs.example.com, example.com, none",
    "https://logs.example.com, '.example.com, other', none",
    "https://logs.example.com, *.example.com, none",
    "https://example.com, .example.com, proxy",
    "https://badexample.com, example.com, proxy",
    "https://logs.example.com, LOGS.example.COM, none",
    "https://logs.example.com, *, none",
    "https://logs.example.com:8443, logs.example.com:8443, none",
    "https://logs.example.com:8443, logs.example.com:443, proxy",
    "https://10.1.2.3, 10.0.0.0/8, none",
    "https://11.1.2.3, 10.0.0.0/8, proxy",
    "https://10.1.2.3, 10.1.2.3, none",
    "https://10.1.2.3, 2.3, proxy",
    "https://10.1.2.3, 10.0.0.0/99, proxy",
    "https://10.1.2.3, 10.0.0.0/x, proxy",
    "https://[fd00::1], fd00::/8, none",
    "https://logs.example.com, ',,', proxy"
  })
  void exemptionsMatchThoseOfGo(String endpoint, String exempt, String expected) {
    ProxyChoice choice =
        choice(endpoint, Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", exempt));

    assertThat(nameOf(choice)).isEqualTo(expected);
  }

  @Test
  void variableOfTheSinkIgnoresExemptions() {
    ProxyChoice choice =
        choice("https://a.b", Map.of("PUSHER_HTTP_PROXY", "http://own:1", "NO_PROXY", "*"));

    assertThat(nameOf(choice)).isEqualTo("own");
  }

  @Test
  void otherKindsOfProxyAreRejectedWithoutShowingTheValue() {
    Settings settings = ClientFixture.settings("PUSHER_HTTP_PROXY", "socks5://me:s3cret@x:1080");

    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().getFirst().message())
        .contains("PUSHER_HTTP_PROXY", "expected an http:// URL of a proxy")
        .doesNotContain("s3cret");
  }

  @Test
  void toStringShowsNoCredentials() {
    assertThat(choice("http://a", Map.of("PUSHER_HTTP_PROXY", "me:s3cret@own:1")).toString())
        .doesNotContain("s3cret")
        .doesNotContain("Basic");
  }

  private static String nameOf(ProxyChoice choice) {
    return choice.proxy().address() instanceof InetSocketAddress address
        ? address.getHostString()
        : "none";
  }

  private static ProxyChoice choice(String endpoint, Map<String, String> environment) {
    Settings settings = Settings.of(environment, ClientFixture.CONNECTION.all());
    return ProxyChoice.of(settings, ClientFixture.CONNECTION, HttpUrl.get(endpoint));
  }
}
