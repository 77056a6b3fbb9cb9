package dev.logshipper.client.http;

import static dev.logshipper.client.http.ClientFixture.in;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportTest {
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
  void bodyIsPostedWithItsHeadersAndTheBatchId() throws Exception {
    respond(204, "");
    try (ClientFixture http = fixture(0)) {
      assertThat(http.send("abc-7", "hush", in(5_000))).isEqualTo(SendResult.DELIVERED);
    }

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getTarget()).isEqualTo("/logs?a=b");
    assertThat(requireNonNull(request.getBody()).utf8()).isEqualTo("hush");
    assertThat(request.getHeaders().get("X-Log-Shipper-Batch-Id")).isEqualTo("abc-7");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer t0ken");
    assertThat(request.getHeaders().get("Content-Length")).isEqualTo("4");
  }

  @Test
  void nextBodyStartsEmpty() throws Exception {
    respond(200, "");
    respond(200, "");
    try (ClientFixture http = fixture(0)) {
      http.send("1", "first", in(5_000));
      http.send("2", "next", in(5_000));
    }

    server.takeRequest();
    assertThat(requireNonNull(server.takeRequest().getBody()).utf8()).isEqualTo("next");
  }

  @Test
  void idleConnectionIsNotReused() throws Exception {
    respond(200, "");
    respond(200, "");
    respond(200, "");
    try (ClientFixture http = fixture(0)) {
      http.send(in(5_000));
      http.send(in(5_000));
      http.epochMillis.addAndGet(56_000);
      http.send(in(5_000));
    }

    assertThat(server.takeRequest().getConnectionIndex()).isZero();
    assertThat(server.takeRequest().getConnectionIndex()).isZero();
    assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "-3, 0",
    "nonsense, 0",
    "99999999999999999999, 0",
    "999999, 999999",
    "'Sat, 21 Nov 2026 10:15:40 GMT', 10",
    "'Sat, 21 Nov 2026 10:15:20 GMT', 0"
  })
  void retryAfterIsPassedOn(String retryAfter, long seconds) throws Exception {
    server.enqueue(
        new MockResponse.Builder().code(503).addHeader("Retry-After", retryAfter).build());
    try (ClientFixture http = fixture(0)) {
      SendResult result = http.send(in(5_000));

      assertThat(((SendResult.Retry) result).after()).isEqualTo(Duration.ofSeconds(seconds));
      assertThat(server.getRequestCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"400, 100, too much", "429, 3, too", "400, 0, ''", "200, 100, ''"})
  void errorBodyIsReadUpToItsLimit(int status, int bytesMax, String expected) throws Exception {
    respond(status, "too much");
    try (ClientFixture http = fixture(bytesMax)) {
      assertThat(http.post("1", "x", in(5_000)))
          .isEqualTo(new PostResult.Response(status, Duration.ZERO, expected));
    }
  }

  @Test
  void rejectionCarriesItsHintAndNothingFromTheServer() throws Exception {
    respond(422, "you sent hush");
    try (ClientFixture http = fixture(100)) {
      assertThat(http.send(in(5_000)))
          .isEqualTo(SendResult.rejected(server.getHostName() + " returned 422: hint for 422"));
    }
  }

  @Test
  void okHttpLogsNothing() throws Exception {
    respond(200, "");
    try (ClientFixture http = fixture(0)) {
      http.send(in(5_000));
    }

    assertThat(Logger.getLogger("okhttp3.OkHttpClient").isLoggable(Level.SEVERE)).isFalse();
  }

  private void respond(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private ClientFixture fixture(int errorBodyBytesMax) {
    return new ClientFixture(errorBodyBytesMax, server.url("/logs?a=b").toString());
  }
}
