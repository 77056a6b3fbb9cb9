package dev.logshipper.sink.http;

import static dev.logshipper.sink.http.HttpFixture.batch;
import static dev.logshipper.sink.http.HttpFixture.in;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSinkTest {
  private static final String PLAIN_HUSH =
      "{\"timestamp\":\"2026-11-21T10:15:30.123Z\",\"message\":\"hush\",\"log_type\":\"function\"}\n";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void batchIsPostedAsLinesOfJson() throws Exception {
    respondWith(204);
    try (HttpFixture http = fixture("PUSHER_HTTP_FORMAT", "plain")) {
      assertThat(http.sink.send(batch("b-1", "hush", "hush"), in(5_000)))
          .isEqualTo(SendResult.DELIVERED);
    }

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getTarget()).isEqualTo("/logs?a=b");
    assertThat(text(request)).isEqualTo(PLAIN_HUSH + PLAIN_HUSH);
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("Content-Length"))
        .isEqualTo(Integer.toString(2 * PLAIN_HUSH.length()));
    assertThat(request.getHeaders().get("Content-Encoding")).isNull();
    assertThat(request.getHeaders().get("Authorization")).isNull();
  }

  @Test
  void serverIsReachedByANameWithAFinalDot() throws Exception {
    respondWith(204);
    try (HttpFixture http = new HttpFixture("http://localhost.:" + server.getPort() + "/")) {
      assertThat(http.sink.send(batch("b-1", "hush"), in(5_000))).isEqualTo(SendResult.DELIVERED);
    }

    assertThat(server.takeRequest().getHeaders().get("Host"))
        .isEqualTo("localhost:" + server.getPort());
  }

  @Test
  void bodyCanBeOneJsonArray() throws Exception {
    respondWith(204);
    try (HttpFixture http =
        fixture("PUSHER_HTTP_FORMAT", "plain", "PUSHER_HTTP_FRAMING", "array")) {
      http.sink.send(batch("b-1", "hush", "hush"), in(5_000));
    }

    assertThat(text(server.takeRequest())).isEqualTo("[" + PLAIN_HUSH + "," + PLAIN_HUSH + "]");
  }

  @Test
  void enrichedFormIsTheDefault() throws Exception {
    respondWith(200);
    try (HttpFixture http = fixture()) {
      http.sink.send(batch(), in(5_000));
    }

    assertThat(text(server.takeRequest()))
        .startsWith("{\"cloud\":{\"resource_id\":\"arn:hello\",")
        .endsWith("\"message\":\"hush\"}\n");
  }

  @Test
  void batchIdIsTheSameOverRetries() throws Exception {
    respondWith(503);
    respondWith(200);
    try (HttpFixture http = fixture()) {
      http.sink.send(batch("abc-7", "x"), in(5_000));
      http.sink.send(batch("abc-7", "x"), in(5_000));
    }

    RecordedRequest first = server.takeRequest();
    RecordedRequest second = server.takeRequest();
    assertThat(first.getHeaders().get("X-Log-Shipper-Batch-Id")).isEqualTo("abc-7");
    assertThat(second.getHeaders().get("X-Log-Shipper-Batch-Id")).isEqualTo("abc-7");
    assertThat(second.getBody()).isEqualTo(first.getBody());
  }

  @Test
  void gzipIsAnnouncedAndApplied() throws Exception {
    respondWith(200);
    try (HttpFixture http = fixture("PUSHER_HTTP_GZIP", "true", "PUSHER_HTTP_FORMAT", "plain")) {
      http.sink.send(batch(), in(5_000));
    }

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Content-Encoding")).isEqualTo("gzip");
    var body = new ByteArrayInputStream(body(request).toByteArray());
    assertThat(new GZIPInputStream(body).readAllBytes()).isEqualTo(PLAIN_HUSH.getBytes(UTF_8));
  }

  @Test
  void secondBatchGoesOverTheSameConnection() throws Exception {
    respondWith(200);
    respondWith(200);
    respondWith(429);
    respondWith(200);
    try (HttpFixture http = fixture()) {
      for (int i = 0; i < 4; i++) {
        http.sink.send(batch(), in(5_000));
      }
    }

    assertThat(server.takeRequest().getExchangeIndex()).isZero();
    assertThat(server.takeRequest().getExchangeIndex()).isEqualTo(1);
    assertThat(server.takeRequest().getExchangeIndex()).isEqualTo(2);
    assertThat(server.takeRequest().getExchangeIndex()).as("after an error").isZero();
  }

  @Test
  void headersAndTokenAreSent() throws Exception {
    respondWith(200);
    try (HttpFixture http =
        fixture(
            "PUSHER_HTTP_HEADERS",
            "X-Team=logs, Content-Type=application/x-ndjson",
            "PUSHER_HTTP_BEARER_TOKEN",
            "t0ken")) {
      http.sink.send(batch(), in(5_000));
    }

    Headers headers = server.takeRequest().getHeaders();
    assertThat(headers.get("X-Team")).isEqualTo("logs");
    assertThat(headers.values("Content-Type")).containsExactly("application/x-ndjson");
    assertThat(headers.get("Authorization")).isEqualTo("Bearer t0ken");
  }

  @Test
  void userInUrlBecomesBasicAuthentication() throws Exception {
    respondWith(200);
    String endpoint = server.url("/").toString().replace("http://", "http://me:p%40ss@");
    try (HttpFixture http = new HttpFixture(endpoint)) {
      http.sink.send(batch(), in(5_000));

      assertThat(http.sink.toString()).doesNotContain("me").doesNotContain("ss");
    }

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Basic bWU6cEBzcw==");
    assertThat(request.getTarget()).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void successIsDelivered(int status) throws Exception {
    assertThat(resultOf(status)).isEqualTo(SendResult.DELIVERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void temporaryErrorIsRetried(int status) throws Exception {
    String reason = server.getHostName() + " returned " + status;
    assertThat(resultOf(status))
        .isEqualTo(
            status == 500 ? SendResult.error(reason) : SendResult.busy(Duration.ZERO, reason));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "301, ED_ENDPOINT",
    "307, redirects are not followed",
    "400, PUSHER_HTTP_FORMAT",
    "401, PUSHER_HTTP_BEARER_TOKEN",
    "403, PUSHER_HTTP_HEADERS",
    "404, ED_ENDPOINT",
    "400, PUSHER_HTTP_FRAMING=array",
    "413, a single record of",
    "415, PUSHER_HTTP_GZIP",
    "501, PUSHER_HTTP_GZIP",
    "505, PUSHER_HTTP_PROXY",
    "422, ED_ENDPOINT"
  })
  void permanentErrorIsRejectedWithAHint(int status, String hint) throws Exception {
    SendResult result = resultOf(status);

    assertThat(result).isInstanceOf(SendResult.Rejected.class);
    assertThat(((SendResult.Rejected) result).reason())
        .contains(Integer.toString(status), hint)
        .doesNotContain("hush", "t0ken");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void ownTimeoutEndsASendBeforeTheDeadline() throws Exception {
    try (HttpFixture http = fixture("ED_PUSH_TIMEOUT_SEC", "1")) {
      Deadline deadline = in(20_000);

      // The server sends enqueued responses, and none is enqueued.
      assertThat(http.sink.send(batch(), deadline)).isInstanceOf(SendResult.Retry.class);
      assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void limitsAcceptAnyLineOfThePlatform() {
    try (HttpFixture http = fixture()) {
      assertThat(http.sink.limits().bytesMax()).isEqualTo(8 * 1024 * 1024);
      assertThat(http.sink.limits().recordOverheadBytes()).isEqualTo(250);
      assertThat(http.sink.limits()).isSameAs(http.sink.limits());
    }
  }

  @Test
  void toStringNamesTheHostAndNoPath() {
    try (HttpFixture http = new HttpFixture("https://logs.example.com:8443/secret-path?k=v")) {
      assertThat(http.sink).hasToString("http sink to https://logs.example.com:8443");
    }
  }

  @Test
  void closeCanBeRepeatedAndNeedsNoSend() {
    HttpFixture http = fixture();

    http.close();
    http.close();

    assertThat(server.getRequestCount()).isZero();
  }

  private SendResult resultOf(int status) throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Location", server.url("/elsewhere").toString())
            .body(status == 204 ? "" : "you sent hush with t0ken")
            .build());
    try (HttpFixture http = fixture("PUSHER_HTTP_BEARER_TOKEN", "t0ken")) {
      return http.sink.send(batch(), in(5_000));
    }
  }

  private void respondWith(int status) {
    server.enqueue(new MockResponse.Builder().code(status).build());
  }

  private HttpFixture fixture(String... environment) {
    return new HttpFixture(server.url("/logs?a=b").toString(), environment);
  }

  private static String text(RecordedRequest request) {
    return body(request).utf8();
  }

  private static ByteString body(RecordedRequest request) {
    return requireNonNull(request.getBody());
  }
}
