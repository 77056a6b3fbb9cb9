package dev.logshipper.client.http;

import static dev.logshipper.client.http.ClientFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
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
            .isEqualTo(named(proxy) + " returned 407: check the user and password in its URL");
        assertThat(proxy.getRequestCount()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "407, : check the user and password in its URL",
    "403, ' to CONNECT: it does not allow this destination'",
    "503, ' to CONNECT: it cannot reach the destination'"
  })
  void tunnelRequestCarriesTheProxyCredentialsOnlyAndItsRejectionIsAFailureOfTheProxy(
      int status, String meaning) throws Exception {
    try (MockWebServer proxy = new MockWebServer()) {
      proxy.start();
      proxy.enqueue(new MockResponse.Builder().code(status).build());
      String url = "http://me:s3cret@" + proxy.getHostName() + ":" + proxy.getPort();
      try (ClientFixture http =
          new ClientFixture("https://logs.example.com/in", "PUSHER_HTTP_PROXY", url)) {
        assertThat(http.send(in(20_000)))
            .isEqualTo(SendResult.retry(named(proxy) + " returned " + status + meaning));
      }

      RecordedRequest request = proxy.takeRequest();
      assertThat(request.getMethod()).isEqualTo("CONNECT");
      assertThat(request.getHeaders().get("Proxy-Authorization")).isEqualTo("Basic bWU6czNjcmV0");
      assertThat(request.getHeaders().get("Authorization")).isNull();
      assertThat(proxy.getRequestCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://logs.example.com, unknown.invalid:1, unknown host",
    "https://logs.example.com, unknown.invalid:1, unknown host",
    "http://logs.example.com, 127.0.0.1:1, connection refused",
    "https://logs.example.com, 127.0.0.1:1, connection refused"
  })
  void unreachableProxyIsNamedInsteadOfTheDestination(String url, String proxy, String failure)
      throws Exception {
    try (ClientFixture http =
        new ClientFixture(url, "HTTP_PROXY", "me:s3cret@" + proxy, "https_proxy", proxy)) {
      String variable = url.startsWith("https") ? "HTTPS_PROXY" : "HTTP_PROXY";

      assertThat(http.send(in(20_000)))
          .isEqualTo(
              SendResult.retry(
                  "cannot reach the proxy http://" + proxy + " (" + variable + "): " + failure));
    }
  }

  @Test
  void silentProxyIsNamedInsteadOfTheDestination() throws Exception {
    try (MockWebServer proxy = new MockWebServer()) {
      proxy.start();
      try (ClientFixture http =
          new ClientFixture(
              "https://logs.example.com",
              "PUSHER_HTTP_PROXY",
              proxy.getHostName() + ":" + proxy.getPort())) {
        assertThat(((SendResult.Retry) http.send(in(500))).reason())
            .startsWith("timed out ")
            .endsWith(" " + named(proxy));
      }
    }
  }

  @Test
  void tunnelThatIsClosedIsAFailureOfTheProxy() throws Exception {
    try (MockWebServer proxy = new MockWebServer()) {
      proxy.start();
      proxy.enqueue(
          new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
      try (ClientFixture http =
          new ClientFixture(
              "https://logs.example.com",
              "PUSHER_HTTP_PROXY",
              proxy.getHostName() + ":" + proxy.getPort())) {
        assertThat(((SendResult.Retry) http.send(in(20_000))).reason())
            .startsWith("cannot reach " + named(proxy) + ": connection ");
      }
    }
  }

  private static String named(MockWebServer proxy) {
    return "the proxy http://"
        + proxy.getHostName()
        + ":"
        + proxy.getPort()
        + " (PUSHER_HTTP_PROXY)";
  }
}
