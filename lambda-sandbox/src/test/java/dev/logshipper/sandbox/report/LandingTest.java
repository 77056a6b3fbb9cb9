package dev.logshipper.sandbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingTest {

  @Test
  void headOfARequestIsShownWithoutItsSecret() throws Exception {
    try (HttpDestination destination = HttpDestination.start()) {
      post(destination.url() + "/logs", "one\ntwo\n");

      assertThat(Landing.describe(destination))
          .contains("POST /logs", "Authorization: ***", "(8 B)  status 200", "1 request in total");
    }
  }

  @Test
  void streamsAreShownWithLabelsAndMetadata() throws Exception {
    try (LokiDestination destination = LokiDestination.start()) {
      post(
          destination.url() + "/loki/api/v1/push",
          """
          {"streams":[{"stream":{"app":"a"},"values":[["%d000000","x",{"id":"7"}]]}]}
          """
              .formatted(System.currentTimeMillis()));

      assertThat(Landing.describe(destination))
          .containsExactly(
              "{app=\"a\"}  1 entry",
              "  structured metadata of the first: {id=\"7\"}",
              "1 stream in total");
    }
  }

  @ParameterizedTest
  @CsvSource({"999, 999 B", "1000, 1.0 kB", "2500000, 2.5 MB"})
  void bytesHaveASuitableUnit(long bytes, String shown) {
    assertThat(Landing.bytes(bytes)).isEqualTo(shown);
  }

  private static void post(String url, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer secret")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.discarding());
    }
  }
}
