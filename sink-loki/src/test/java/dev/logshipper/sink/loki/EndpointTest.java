package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.batch;
import static dev.logshipper.sink.loki.LokiFixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
    server.enqueue(new MockResponse.Builder().code(204).build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', /loki/api/v1/push",
    "/, /loki/api/v1/push",
    "/gateway, /gateway/loki/api/v1/push",
    "/gateway/, /gateway/loki/api/v1/push",
    "/loki/api/v1/push, /loki/api/v1/push",
    "/gateway/loki/api/v1/push/, /gateway/loki/api/v1/push",
    "/?a=b, /loki/api/v1/push?a=b"
  })
  void pushPathIsAppendedUnlessItIsThere(String given, String target) throws Exception {
    assertThat(requestTo(url() + given).getTarget()).isEqualTo(target);
  }

  @Test
  void tenantIsNamed() throws Exception {
    RecordedRequest request = requestTo(url(), "PUSHER_LOKI_TENANT", "team-1");

    assertThat(request.getHeaders().get("X-Scope-OrgID")).isEqualTo("team-1");
  }

  @Test
  void userAndPasswordAreBasicAuthentication() throws Exception {
    RecordedRequest request =
        requestTo(
            url(), "LOKI_BEARER_TOKEN", "", "LOKI_USERNAME", "me", "LOKI_PASSWORD", "p\u00e4ss");

    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Basic bWU6cMOkc3M=");
  }

  @Test
  void userInUrlIsBasicAuthentication() throws Exception {
    RecordedRequest request =
        requestTo(url().replace("http://", "http://me:p%40ss@"), "LOKI_BEARER_TOKEN", "");

    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Basic bWU6cEBzcw==");
    assertThat(request.getTarget()).isEqualTo("/loki/api/v1/push");
  }

  @Test
  void tokenGoesBeforeUserAndPasswordAndThatIsSaid() throws Exception {
    try (LokiFixture loki =
        new LokiFixture(url(), "LOKI_USERNAME", "me", "LOKI_PASSWORD", "s3cret")) {
      loki.sink.send(batch("b-1", "x"), in(20_000));

      assertThat(loki.said.lines())
          .containsExactly(
              "log-shipper: loki: LOKI_BEARER_TOKEN and LOKI_USERNAME are both set: expected one of"
                  + " them; the token is used");
    }
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer t0ken");
  }

  @Test
  void noCredentialsAreSaidOnceAndLogsGoOn() throws Exception {
    try (LokiFixture loki = new LokiFixture(url(), "LOKI_BEARER_TOKEN", "")) {
      loki.sink.send(batch("b-1", "x"), in(20_000));

      assertThat(loki.said.lines())
          .containsExactly(
              "log-shipper: loki: pushing without credentials: neither LOKI_BEARER_TOKEN nor"
                  + " LOKI_USERNAME and LOKI_PASSWORD are set");
    }
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "LOKI_USERNAME, LOKI_USERNAME is set and LOKI_PASSWORD is not",
    "LOKI_PASSWORD, LOKI_PASSWORD is set and LOKI_USERNAME is not"
  })
  void halfACredentialIsSaid(String variable, String message) {
    assertThatThrownBy(
            () -> new LokiFixture("http://a", "LOKI_BEARER_TOKEN", "", variable, "s3cret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"http://me:s3cret@a, s3cret, '', ''", "http://me:s3cret@a, '', s3cret, s3cret"})
  void severalCredentialsContradictOneAnother(
      String endpoint, String token, String user, String password) {
    assertThatThrownBy(() ->
            new LokiFixture(
                endpoint,
                "LOKI_BEARER_TOKEN",
                token,
                "LOKI_USERNAME",
                user,
                "LOKI_PASSWORD",
                password))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a user in LOKI_ENDPOINT_URL, or LOKI_BEARER_TOKEN")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void tokenThatHttpCannotCarryIsRefusedWithoutItsValue() {
    assertThatThrownBy(() -> new LokiFixture("http://a", "LOKI_BEARER_TOKEN", "s3cr\u00e9t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LOKI_BEARER_TOKEN")
        .hasMessageNotContaining("s3cr");
  }

  @Test
  void missingFileOfCertificatesIsNamed() {
    assertThatThrownBy(() -> new LokiFixture("https://a", "PUSHER_LOKI_CA_FILE", "/no/such.pem"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PUSHER_LOKI_CA_FILE: cannot read /no/such.pem");
  }

  private String url() {
    return "http://" + server.getHostName() + ":" + server.getPort();
  }

  private RecordedRequest requestTo(String endpoint, String... environment) throws Exception {
    try (LokiFixture loki = new LokiFixture(endpoint, environment)) {
      loki.sink.send(batch("b-1", "x"), in(20_000));
    }
    return server.takeRequest();
  }
}
