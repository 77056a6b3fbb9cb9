package dev.logshipper.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.pipeline.FilterReason;
import dev.logshipper.pipeline.HealthFormat;
import dev.logshipper.pipeline.LaneHealth;
import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.pipeline.PipelineHealth;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthRecordsTest {
  private static final long START = 1_795_256_130_123L;
  private static final long MILLI = 1_000_000;

  /// Of `MetricDatum` in the CloudWatch API reference.
  private static final Set<String> UNITS = Set.of("Count", "Bytes", "Milliseconds");

  private final AtomicLong epochMillis = new AtomicLong(START);

  @Test
  void jsonHasTheTotalsOfTheLedger() throws IOException {
    HealthFormat records = records(false);
    epochMillis.addAndGet(60_000);
    LogRecord record = records.record(state(true, 2), null);

    assertThat(record.type()).isEqualTo("log-shipper.health");
    assertThat(record.category()).isEqualTo("log-shipper");
    assertThat(record.isJson()).isTrue();
    assertThat(record.requestId()).isEmpty();
    assertThat(record.severity()).isEmpty();
    assertThat(record.epochMillis()).isEqualTo(START + 60_000);
    assertThat(new ObjectMapper().readTree(record.text()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"function_name": "orders", "function_version": "$LATEST", "process": "f00d",
                     "final": true, "uptime_ms": 60000, "held_ms": 24, "platform_dropped": 3,
                     "malformed": 4,
                     "sinks": [{"sink": "loki", "received": 200, "delivered": 180, "dropped": 14,
                       "dropped_overflow": 10, "dropped_sink_off": 4, "filtered": 6,
                       "filtered_level": 6, "handed_over": 2, "undelivered": 4, "requests": 20,
                       "retries": 2, "sent_bytes": 2000, "send_ms": 140, "staleness_ms": 55}]}\
                    """));
  }

  /// In the order of the document, except for the reasons, of which a record has those that
  /// occurred.
  @Test
  void theDocumentShowsARecord() throws IOException {
    String document = Files.readString(Path.of("../docs/health.md"));
    int begin = document.indexOf("```json\n") + "```json\n".length();
    JsonNode shown =
        new ObjectMapper().readTree(document.substring(begin, document.indexOf("```", begin)));
    JsonNode record = read(records(false).record(state(false, 1), null));

    assertThat(names(shown)).isEqualTo(names(record));
    assertThat(names(shown.path("sinks").get(0))).isEqualTo(names(record.path("sinks").get(0)));
    for (String metric : names(read(records(true).record(state(false, 1), null)))) {
      if (metric.startsWith("loki.") || metric.equals("HeldMilliseconds")) {
        assertThat(document).contains("`" + metric + "`");
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!name.startsWith("dropped_") && !name.startsWith("filtered_")) {
            names.add(name);
          }
        });
    return names;
  }

  @Test
  void embeddedMetricsCountSinceThePreviousRecord() throws IOException {
    HealthFormat records = records(true);
    JsonNode first = read(records.record(state(false, 1), null));
    JsonNode second = read(records.record(state(false, 3), state(false, 1)));

    assertThat(first.path("loki.Received").asLong()).isEqualTo(100);
    assertThat(second.path("loki.Received").asLong()).isEqualTo(200);
    assertThat(second.path("loki.Dropped").asLong()).isEqualTo(14);
    assertThat(second.path("loki.Filtered").asLong()).isEqualTo(6);
    assertThat(second.path("loki.Undelivered").asLong()).isEqualTo(6);
    assertThat(second.path("loki.SentBytes").asLong()).isEqualTo(2_000);
    assertThat(second.path("loki.SendMilliseconds").asLong()).isEqualTo(140);
    assertThat(second.path("loki.StalenessMilliseconds").asLong()).isEqualTo(55);
    assertThat(second.path("HeldMilliseconds").asLong()).isEqualTo(24);
    assertThat(second.path("sinks").get(0).path("received").asLong()).isEqualTo(300);
  }

  @Test
  void embeddedMetricsFollowTheirSpecification() throws IOException {
    JsonNode root = read(records(true).record(state(false, 1), null));

    assertFollowsSpecification(root);
    assertThat(root.path("_aws").path("Timestamp").asLong()).isEqualTo(START);
    assertThat(root.path("_aws").path("CloudWatchMetrics")).hasSize(2);
    assertThat(root.path("FunctionName").asText()).isEqualTo("orders");
  }

  /// "Specification: Embedded metric format", CloudWatch User Guide: the JSON schema there, and the
  /// rules about target members.
  private static void assertFollowsSpecification(JsonNode root) {
    JsonNode metadata = root.path("_aws");
    assertThat(metadata.isObject()).isTrue();
    assertThat(metadata.path("Timestamp").isIntegralNumber()).isTrue();
    assertThat(metadata.path("CloudWatchMetrics").isArray()).isTrue();
    for (JsonNode directive : metadata.path("CloudWatchMetrics")) {
      assertThat(directive.path("Namespace").asText()).matches("[A-Za-z0-9._#:/-]{1,1024}");
      assertThat(directive.path("Dimensions")).isNotEmpty();
      for (JsonNode set : directive.path("Dimensions")) {
        assertThat(set.isArray()).isTrue();
        assertThat(set.size()).isLessThanOrEqualTo(30);
        for (JsonNode dimension : set) {
          assertThat(dimension.asText()).hasSizeBetween(1, 250);
          JsonNode target = root.path(dimension.asText());
          assertThat(target.isTextual()).isTrue();
          assertThat(target.asText()).isNotBlank().hasSizeLessThanOrEqualTo(1_024);
        }
      }
      assertThat(directive.path("Metrics").size()).isBetween(1, 100);
      for (JsonNode metric : directive.path("Metrics")) {
        assertThat(metric.path("Name").asText()).hasSizeBetween(1, 1_024);
        assertThat(UNITS).contains(metric.path("Unit").asText());
        assertThat(root.path(metric.path("Name").asText()).isNumber()).isTrue();
      }
    }
  }

  private HealthFormat records(boolean hasMetrics) {
    FunctionIdentity function =
        new FunctionIdentity("orders", "$LATEST", "us-east-1", 128, null, null);
    return HealthRecords.of(() -> function, "f00d", hasMetrics, () -> 3, () -> 4, epochMillis::get);
  }

  private static JsonNode read(LogRecord record) throws IOException {
    return new ObjectMapper().readTree(record.text());
  }

  /// A state after `n` equal periods.
  private static PipelineHealth state(boolean isFinal, int n) {
    LaneLedger ledger =
        new LaneLedger(
            "loki",
            100L * n,
            90L * n,
            Map.of(DropReason.OVERFLOW, 5L * n, DropReason.SINK_OFF, 2L * n),
            2L * n,
            10L * n,
            n,
            Map.of(FilterReason.LEVEL, 3L * n),
            n);
    LaneHealth lane = new LaneHealth(ledger, 1_000L * n, 70L * n * MILLI, 55 * MILLI);
    return new PipelineHealth(isFinal, 12L * n * MILLI, List.of(lane));
  }
}
