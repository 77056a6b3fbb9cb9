package dev.logshipper.sandbox.destination.realservers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.destination.loki.LokiBehaviour;
import dev.logshipper.sandbox.destination.loki.LokiStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Reading back. A result too large for Loki's own components is returned as an empty one.
@Tag("real")
class RealLokiTest {
  private static final int BURST_MEGABYTES_PER_SECOND = 1_000;
  private final long nanos = Instant.now().getEpochSecond() * 1_000_000_000;

  @Test
  void entriesBeyondOneResponseAreReadCompletelyAndInOrder() {
    Skip.unlessInstalled(Program.LOKI);
    try (RealLoki loki = start()) {
      List<String> lines = IntStream.range(0, 6_000).mapToObj("line %05d"::formatted).toList();
      push(loki, "fake", lines.subList(0, 3_000), 0, 1_000);
      push(loki, "fake", lines.subList(3_000, 6_000), 3_000_000, 1_000);

      assertThat(loki.lines()).isEqualTo(lines);
    }
  }

  @Test
  void largestLinesOfOneMillisecondAreReadCompletely() {
    Skip.unlessInstalled(Program.LOKI);
    try (RealLoki loki = start()) {
      List<String> lines =
          IntStream.range(0, 45).mapToObj(i -> "%02d".formatted(i) + "x".repeat(262_000)).toList();
      for (int part = 0; part < 3; part++) {
        push(loki, "fake", lines.subList(15 * part, 15 * part + 15), 15L * part, 1);
      }

      assertThat(loki.lines()).isEqualTo(lines);
    }
  }

  @Test
  void thousandLinesOfOneNanosecondAreReadCompletely() throws Exception {
    Skip.unlessInstalled(Program.LOKI);
    try (RealLoki loki = start()) {
      List<String> lines = IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();
      push(loki, "fake", lines, 0, 0);

      assertThat(loki.awaitLines(1_000, Duration.ofSeconds(10)))
          .containsExactlyInAnyOrderElementsOf(lines);
    }
  }

  @Test
  void restartedLokiHasTheStoredEntries() {
    Skip.unlessInstalled(Program.LOKI);
    try (RealLoki loki = start()) {
      push(loki, "fake", List.of("1", "2"), 0, 1);
      loki.restart();

      assertThat(loki.lines()).containsExactly("1", "2");
    }
  }

  @Test
  void labelsAndMetadataAddedByLokiAreOmitted() {
    Skip.unlessInstalled(Program.LOKI);
    try (RealLoki loki = start()) {
      push(loki, "fake", List.of("level=error x"), 0, 0);

      LokiStream stream = loki.streams().getFirst();
      assertThat(stream.labels()).containsOnlyKeys("application");
      assertThat(stream.entries().getFirst().metadata()).isEmpty();
    }
  }

  @Test
  void tenantsAreSeparateAndAPushWithoutOneIsRejected() {
    Skip.unlessInstalled(Program.LOKI);
    try (RealLoki loki = RealLoki.start(LokiBehaviour.standard().withTenants())) {
      push(loki, "a", List.of("of a"), 0, 0);
      push(loki, "b", List.of("of b"), 0, 0);

      assertThat(loki.streams("a").getFirst().entries().getFirst().line()).isEqualTo("of a");
      assertThat(loki.streams("b")).hasSize(1);
      assertThatThrownBy(() -> push(loki, "", List.of("x"), 0, 0))
          .hasMessageContaining("401: no org id");
    }
  }

  @Test
  void serverWithoutMetadataRejectsItWithTheTextOfTheStandIn() {
    Skip.unlessInstalled(Program.LOKI);
    try (RealLoki loki = RealLoki.start(LokiBehaviour.standard().withoutStructuredMetadata())) {
      ObjectNode push = body(List.of("x"), 0, 0);
      ((ArrayNode) push.at("/streams/0/values/0")).addObject().put("id", "1");

      assertThatThrownBy(() -> HttpCalls.body(request(loki, "fake", push)))
          .hasMessageContaining("400: stream '{")
          .hasMessageContaining("includes structured metadata, but this feature is disallowed");
    }
  }

  private static RealLoki start() {
    return RealLoki.start(LokiBehaviour.standard(), BURST_MEGABYTES_PER_SECOND);
  }

  private void push(
      RealLoki loki, String tenant, List<String> lines, long firstNano, long nanosApart) {
    HttpCalls.body(request(loki, tenant, body(lines, firstNano, nanosApart)));
  }

  private ObjectNode body(List<String> lines, long firstNano, long nanosApart) {
    ObjectNode push = JsonNodeFactory.instance.objectNode();
    ObjectNode stream = push.putArray("streams").addObject();
    stream.putObject("stream").put("application", "test");
    ArrayNode values = stream.putArray("values");
    for (int i = 0; i < lines.size(); i++) {
      String time = Long.toString(nanos + firstNano + i * nanosApart);
      values.addArray().add(time).add(lines.get(i));
    }
    return push;
  }

  private static HttpRequest.Builder request(RealLoki loki, String tenant, ObjectNode push) {
    return HttpCalls.request(loki.url() + "/loki/api/v1/push")
        .header("Content-Type", "application/json")
        .header("X-Scope-OrgID", tenant)
        .POST(BodyPublishers.ofString(push.toString(), UTF_8));
  }
}
