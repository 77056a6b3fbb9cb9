package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records of the extension about itself.
@ExtendWith(SandboxExtension.class)
class HealthIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"http", "loki", "kinesis", "s3"})
  void everySinkGetsALastRecordThatAgreesWithTheLedger(String mode) throws Exception {
    BundledSink sink = BundledSink.named(mode);
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .environment("PUSHER_HEALTH_RECORDS", "json")
                .function(invocation -> invocation.log(invocation.requestId() + " was here"))
                .start()) {
      ShippedLayer.invoke(sandbox, 3);
      sandbox.shutdown("spindown");

      List<JsonNode> records = health(destination);
      assertThat(records).hasSize(1);
      JsonNode last = records.getFirst();
      assertThat(last.path("final").asBoolean()).isTrue();
      JsonNode lane = last.path("sinks").get(0);
      assertThat(lane.path("sink").asText()).isEqualTo(mode);
      assertThat(lane.path("received").asLong())
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
      assertThat(lane.path("delivered").asLong() + lane.path("undelivered").asLong())
          .isEqualTo(ShippedLayer.ledger(sandbox, "delivered"));
      assertThat(lane.path("dropped").asLong()).isZero();
      assertThat(ShippedLayer.ledger(sandbox, "left_behind")).isZero();
    }
  }

  /// The test sleeps because the interval is its subject.
  @Test
  void recordsJoinBatchesOncePerIntervalAndPassFilters() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingOneLineEach(destination)
                .environment("PUSHER_FLUSH", "end")
                .environment("PUSHER_MIN_LEVEL", "error")
                .environment("PUSHER_LOG_TYPES", "function")
                .environment("PUSHER_HEALTH_RECORDS", "emf")
                .environment("PUSHER_HEALTH_INTERVAL_MS", "1000")
                .start()) {
      ShippedLayer.invoke(sandbox, 1);
      LockSupport.parkNanos(Duration.ofMillis(1_200).toNanos());
      ShippedLayer.invoke(sandbox, 2);
      int requests = destination.requests().size();
      List<JsonNode> before = health(destination);
      assertThat(before).hasSize(1);
      assertThat(requests).isEqualTo(3);
      JsonNode first = before.getFirst();
      assertThat(first.path("final").asBoolean()).isFalse();
      assertThat(first.path("_aws").path("CloudWatchMetrics").get(0).path("Namespace").asText())
          .isEqualTo("LogShipper");
      assertThat(first.path("http.Received").asLong())
          .isEqualTo(first.path("sinks").get(0).path("received").asLong());
      sandbox.shutdown("spindown");

      List<JsonNode> all = health(destination);
      assertThat(all).hasSize(2);
      assertThat(all.getLast().path("final").asBoolean()).isTrue();
      assertThat(all.getLast().path("FunctionName").isTextual()).isTrue();
    }
  }

  @Test
  void offByDefault() throws Exception {
    try (LokiDestination loki = LokiDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(BundledSink.named("loki"), loki)
                .environment("PUSHER_HEALTH_RECORDS", "yes")
                .environment("PUSHER_HEALTH_INTERVAL_MS", "10")
                .function(invocation -> invocation.log(invocation.requestId() + " was here"))
                .start()) {
      List<String> expected = ShippedLayer.invoke(sandbox, 1);
      sandbox.shutdown("spindown");

      assertThat(loki.lines()).containsAll(expected);
      assertThat(health(loki)).isEmpty();
      assertThat(sandbox.extensionOutput())
          .anyMatch(line ->
              line.contains("PUSHER_HEALTH_RECORDS=yes: expected ")
                  && line.contains("; off is used")
                  && line.contains(
                      "PUSHER_HEALTH_INTERVAL_MS=10: expected a whole number from 1000 to"
                          + " 86400000; 60000 is used"));
    }
  }

  /// The records in whatever form the sink gives them.
  private static List<JsonNode> health(Destination destination) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : destination.lines()) {
      if (line.contains("uptime_ms")) {
        records.add(content(JSON.readTree(line)));
      }
    }
    return records;
  }

  private static JsonNode content(JsonNode node) throws IOException {
    if (node.has("uptime_ms")) {
      return node;
    }
    for (JsonNode member : node) {
      if (member.has("uptime_ms")) {
        return member;
      }
      if (member.isTextual() && member.asText().contains("uptime_ms")) {
        return JSON.readTree(member.asText());
      }
    }
    throw new AssertionError("no record in " + node);
  }
}
