package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.batch;
import static dev.logshipper.sink.loki.LokiFixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sink.SendResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LokiEndpointTest {
  private LokiDestination server;

  @BeforeEach
  void start() {
    server = LokiFixture.startLoki();
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
  void pushPathIsAppendedIfMissing(String given, String target) throws Exception {
    assertThat(requestTo(url() + given).path()).isEqualTo(target);
  }

  @Test
  void tenantIsSent() throws Exception {
    ReceivedRequest request = requestTo(url(), "PUSHER_LOKI_TENANT", "team-1");

    assertThat(request.header("X-Scope-OrgID")).contains("team-1");
  }

  @Test
  void headersAreSent() throws Exception {
    ReceivedRequest request =
        requestTo(
            url(), "PUSHER_LOKI_HEADERS", "X-Loki-Ingestion-Policy=gold,Content-Type=text/plain");

    assertThat(request.header("X-Loki-Ingestion-Policy")).contains("gold");
    assertThat(request.header("Content-Type")).contains("application/x-protobuf");
    assertThat(server.lines()).containsExactly("x");
  }

  @Test
  void credentialsMayBeAHeader() throws Exception {
    ReceivedRequest request =
        requestTo(
            url(),
            "LOKI_BEARER_TOKEN",
            "",
            "PUSHER_LOKI_HEADERS",
            "Authorization=Basic abc,X-Scope-OrgID=team-1");

    assertThat(request.header("Authorization")).contains("Basic abc");
    assertThat(request.header("X-Scope-OrgID")).contains("team-1");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Encoding=s3cret, Content-Encoding follows from the body",
    "X-A=s3cr\u00e9t, PUSHER_LOKI_HEADERS: expected printable ASCII",
    "Authorization=s3cret, expected Authorization in PUSHER_LOKI_HEADERS or other credentials",
    "X-Scope-OrgID=s3cret, expected one of PUSHER_LOKI_TENANT and X-Scope-OrgID"
  })
  void headerThatCannotBeSetIsReportedWithoutItsValue(String header, String message) {
    assertThatThrownBy(() ->
            new LokiFixture("http://a", "PUSHER_LOKI_TENANT", "t", "PUSHER_LOKI_HEADERS", header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("s3cr");
  }

  @Test
  void userAndPasswordAreBasicAuthentication() throws Exception {
    ReceivedRequest request =
        requestTo(
            url(), "LOKI_BEARER_TOKEN", "", "LOKI_USERNAME", "me", "LOKI_PASSWORD", "p\u00e4ss");

    assertThat(request.header("Authorization")).contains("Basic bWU6cMOkc3M=");
  }

  @Test
  void userInUrlIsBasicAuthentication() throws Exception {
    ReceivedRequest request =
        requestTo(url().replace("http://", "http://me:p%40ss@"), "LOKI_BEARER_TOKEN", "");

    assertThat(request.header("Authorization")).contains("Basic bWU6cEBzcw==");
    assertThat(request.path()).isEqualTo("/loki/api/v1/push");
  }

  @Test
  void tokenTakesPrecedenceOverUserAndPasswordWithAWarning() throws Exception {
    try (LokiFixture loki =
        new LokiFixture(url(), "LOKI_USERNAME", "me", "LOKI_PASSWORD", "s3cret")) {
      loki.sink.send(batch("b-1", "x"), in(20_000));

      assertThat(loki.output.lines())
          .containsExactly(
              "log-shipper: loki: LOKI_BEARER_TOKEN and LOKI_USERNAME are both set; using the"
                  + " token");
    }
    assertThat(server.requests().getFirst().header("Authorization")).contains("Bearer t0ken");
  }

  @Test
  void missingCredentialsAreAWarning() throws Exception {
    try (LokiFixture loki = new LokiFixture(url(), "LOKI_BEARER_TOKEN", "")) {
      loki.sink.send(batch("b-1", "x"), in(20_000));

      assertThat(loki.output.lines())
          .containsExactly(
              "log-shipper: loki: pushing without credentials: set LOKI_BEARER_TOKEN, or"
                  + " LOKI_USERNAME and LOKI_PASSWORD");
    }
    assertThat(server.requests().getFirst().header("Authorization")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "LOKI_USERNAME, LOKI_USERNAME is set and LOKI_PASSWORD is not",
    "LOKI_PASSWORD, LOKI_PASSWORD is set and LOKI_USERNAME is not"
  })
  void halfACredentialIsAnError(String variable, String message) {
    assertThatThrownBy(
            () -> new LokiFixture("http://a", "LOKI_BEARER_TOKEN", "", variable, "s3cret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"http://me:s3cret@a, s3cret, '', ''", "http://me:s3cret@a, '', s3cret, s3cret"})
  void severalCredentialsAreAContradiction(
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
  void tokenThatIsNoValidHeaderIsRejectedWithoutItsValue() {
    assertThatThrownBy(() -> new LokiFixture("http://a", "LOKI_BEARER_TOKEN", "s3cr\u00e9t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LOKI_BEARER_TOKEN")
        .hasMessageNotContaining("s3cr");
  }

  @Test
  void missingFileIsNamedAndLinesArePushedWithoutIt() throws Exception {
    try (LokiFixture loki =
        new LokiFixture(
            url(),
            "PUSHER_LOKI_CA_FILE",
            "/no/such.pem",
            "PUSHER_LOKI_CLIENT_CERT_FILE",
            "/no/such.pem")) {
      assertThat(loki.output.lines())
          .containsExactly(
              "log-shipper: PUSHER_LOKI_CA_FILE: cannot read /no/such.pem, expected PEM"
                  + " certificates; only public CAs are trusted",
              "log-shipper: PUSHER_LOKI_CLIENT_CERT_FILE: cannot read /no/such.pem, expected PEM"
                  + " certificates; no client certificate is presented");
      assertThat(loki.sink.send(LokiFixture.batch("b", "hush"), LokiFixture.in(10_000)))
          .isEqualTo(SendResult.DELIVERED);
    }
  }

  private String url() {
    return server.url();
  }

  private ReceivedRequest requestTo(String endpoint, String... environment) throws Exception {
    try (LokiFixture loki = new LokiFixture(endpoint, environment)) {
      loki.sink.send(batch("b-1", "x"), in(20_000));
    }
    return server.requests().getFirst();
  }
}
