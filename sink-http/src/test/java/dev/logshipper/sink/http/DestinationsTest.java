package dev.logshipper.sink.http;

import static dev.logshipper.sink.http.HttpFixture.batch;
import static dev.logshipper.sink.http.HttpFixture.in;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.sink.SendResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The README's settings for other people's endpoints, against the rules in their documentation.
class DestinationsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long TIME_MILLIS = 1_795_256_130_123L;

  private final MockWebServer server = new MockWebServer();

  /// The documented rules of an endpoint.
  ///
  /// @param header that authenticates
  /// @param types accepted as content type
  /// @param array whether the body is one JSON array rather than lines
  /// @param time path to the time in an event; empty if the endpoint reads none
  /// @param message path to the line
  record Rules(
      String name,
      String header,
      String value,
      List<String> types,
      boolean array,
      String time,
      String message,
      List<String> environment) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Rules> destinations() {
    String json = "application/json";
    String ndjson = "application/x-ndjson";
    return Stream.of(
        new Rules(
            "CloudWatch",
            "Authorization",
            "Bearer t",
            List.of(json, ndjson),
            false,
            "/timestamp",
            "/message",
            List.of(
                "PUSHER_HTTP_FORMAT",
                "epoch",
                "PUSHER_HTTP_BEARER_TOKEN",
                "t",
                "PUSHER_HTTP_HEADERS",
                "x-aws-log-group=/app/a,x-aws-log-stream=b")),
        new Rules(
            "Axiom",
            "Authorization",
            "Bearer t",
            List.of(ndjson),
            false,
            "/timestamp",
            "/message",
            List.of(
                "PUSHER_HTTP_BEARER_TOKEN",
                "t",
                "PUSHER_HTTP_HEADERS",
                "Content-Type=application/x-ndjson")),
        new Rules(
            "Better Stack",
            "Authorization",
            "Bearer t",
            List.of(ndjson),
            false,
            "",
            "/message",
            List.of(
                "PUSHER_HTTP_BEARER_TOKEN",
                "t",
                "PUSHER_HTTP_HEADERS",
                "Content-Type=application/x-ndjson")),
        new Rules(
            "Datadog",
            "DD-API-KEY",
            "k",
            List.of(json),
            true,
            "/timestamp",
            "/message",
            List.of("PUSHER_HTTP_FRAMING", "array", "PUSHER_HTTP_HEADERS", "DD-API-KEY=k")),
        new Rules(
            "New Relic",
            "Api-Key",
            "k",
            List.of(json),
            true,
            "/timestamp",
            "/message",
            List.of(
                "PUSHER_HTTP_FORMAT",
                "epoch",
                "PUSHER_HTTP_FRAMING",
                "array",
                "PUSHER_HTTP_HEADERS",
                "Api-Key=k")),
        new Rules(
            "Splunk",
            "Authorization",
            "Splunk t",
            List.of(json),
            false,
            "/time",
            "/event/message",
            List.of(
                "PUSHER_HTTP_FORMAT", "splunk", "PUSHER_HTTP_HEADERS", "Authorization=Splunk t")),
        new Rules(
            "VictoriaLogs",
            "User-Agent",
            "lambda-log-shipper",
            List.of("application/stream+json"),
            false,
            "/timestamp",
            "/message",
            List.of("PUSHER_HTTP_HEADERS", "Content-Type=application/stream+json")),
        new Rules(
            "one JSON document",
            "User-Agent",
            "lambda-log-shipper",
            List.of(json),
            true,
            "/timestamp",
            "/message",
            List.of("PUSHER_HTTP_FRAMING", "array")));
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
    server.enqueue(new MockResponse.Builder().code(200).build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("destinations")
  void settingsSatisfyTheRules(Rules rules) throws Exception {
    RecordedRequest request =
        send(rules.environment().toArray(new String[0]), "a", "", "{\"b\":1}");

    assertThat(request.getHeaders().values(rules.header())).containsExactly(rules.value());
    assertThat(rules.types()).containsAll(request.getHeaders().values("Content-Type"));
    List<JsonNode> events = events(request, rules.array());
    assertThat(events)
        .extracting(event -> event.at(rules.message()).textValue())
        .containsExactly("a", "", "{\"b\":1}");
    for (JsonNode event : events) {
      if (!rules.time().isEmpty()) {
        assertTime(event.at(rules.time()));
      }
    }
  }

  @Test
  void arrayHasAtMostAThousandEntries() throws Exception {
    String[] lines = new String[1_001];
    Arrays.fill(lines, "x");
    try (HttpFixture http = fixture("PUSHER_HTTP_FRAMING", "array")) {
      assertThat(http.sink.send(batch("b-1", lines), in(5_000)))
          .isEqualTo(new SendResult.Progress(1_000));
    }

    assertThat(events(server.takeRequest(), true)).hasSize(1_000);
  }

  /// A number in milliseconds or seconds, or a text in ISO 8601.
  private static void assertTime(JsonNode time) {
    if (time.isTextual()) {
      assertThat(time.textValue()).isEqualTo(HttpFixture.TIME);
    } else if (time.isIntegralNumber()) {
      assertThat(time.longValue()).isEqualTo(TIME_MILLIS);
    } else {
      assertThat(time.decimalValue()).isEqualTo("1795256130.123");
    }
  }

  private static List<JsonNode> events(RecordedRequest request, boolean array) throws IOException {
    String body = requireNonNull(request.getBody()).utf8();
    List<JsonNode> events = new ArrayList<>();
    if (array) {
      JSON.readTree(body).forEach(events::add);
      return events;
    }
    for (String line : body.lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private RecordedRequest send(String[] environment, String... lines) throws Exception {
    try (HttpFixture http = fixture(environment)) {
      assertThat(http.sink.send(batch("b-1", lines), in(5_000))).isEqualTo(SendResult.DELIVERED);
    }
    return server.takeRequest();
  }

  private HttpFixture fixture(String... environment) {
    return new HttpFixture(server.url("/").toString(), environment);
  }
}
