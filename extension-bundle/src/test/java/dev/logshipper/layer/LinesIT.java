package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.loki.LokiStream;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The content of a record: its level, its fields, and all lines of a stack trace.
@ExtendWith(SandboxExtension.class)
class LinesIT {
  private static final List<String> TRACE =
      List.of(
          "[ERROR]\t2026-11-28T00:59:13.668Z\t\tfailed",
          "Traceback (most recent call last):",
          "  File \"/var/task/app.py\", line 14, in handler",
          "ValueError: boom");

  @Test
  void aPrintedStackTraceIsOneRecord() throws Exception {
    try (HttpDestination http = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(http)
                .environment("PUSHER_JOIN_LINES", "true")
                .function(invocation -> {
                  invocation.log("before");
                  TRACE.forEach(invocation::log);
                  invocation.log("after");
                })
                .start()) {
      sandbox.invoke("{}");
      sandbox.invoke("{}");
      sandbox.shutdown("spindown");

      String trace = String.join("\n", TRACE);
      assertThat(ShippedLayer.functionLines(http))
          .extracting(String::strip)
          .containsExactly("before", trace, "after", "before", trace, "after");
      assertThat(ShippedLayer.ledger(sandbox, "dropped")).isZero();
      assertThat(ShippedLayer.ledger(sandbox, "delivered"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }

  @Test
  void fieldsOfLinesReachEachSink() throws Exception {
    try (HttpDestination http = HttpDestination.start();
        LokiDestination loki = LokiDestination.start();
        S3Destination s3 = S3Destination.start("logs");
        Sandbox sandbox =
            ShippedLayer.shippingTo(http)
                .environment(BundledSink.named("loki").environment(loki.url()))
                .environment(BundledSink.named("s3").environment(s3.url()))
                .environment("PUSHER_MODE", "http,loki,s3")
                .environment("PUSHER_LOG_TYPES", "function")
                .environment("PUSHER_LIFT", "level,tenantId,user.id,customer=account.id")
                .environment("PUSHER_LOKI_LABEL_FIELDS", "level")
                .environment("PUSHER_S3_KEY", "{tenant}/{file}")
                .tenantId("acme")
                .function(invocation -> {
                  invocation.log(
                      "{\"level\":\"warning\",\"user\":{\"id\":7},\"account\":{\"id\":\"a \\\"1\\\"\"}}");
                  invocation.log("level=error msg=failed");
                  invocation.log("a line without fields");
                })
                .start()) {
      sandbox.invoke("{}");
      sandbox.shutdown("spindown");

      List<JsonNode> lines = ShippedLayer.arrived(http);
      assertThat(lines).hasSize(3).allMatch(line -> line.path("tenantId").asText().equals("acme"));
      assertThat(lines.get(0).path("level").asText()).isEqualTo("WARN");
      assertThat(lines.get(0).path("user.id").asText()).isEqualTo("7");
      assertThat(lines.get(0).path("customer").asText()).isEqualTo("a \"1\"");
      assertThat(lines.get(1).path("level").asText()).isEqualTo("ERROR");
      assertThat(lines.get(2).has("level")).isFalse();
      assertThat(loki.streams())
          .extracting(stream -> stream.labels().getOrDefault("level", "none"))
          .containsExactlyInAnyOrder("WARN", "ERROR", "none");
      for (LokiStream stream : loki.streams()) {
        assertThat(stream.entries().getFirst().metadata()).containsEntry("tenantId", "acme");
        if ("WARN".equals(stream.labels().get("level"))) {
          assertThat(stream.entries().getFirst().metadata()).containsEntry("user_id", "7");
        }
      }
      assertThat(s3.objects()).isNotEmpty().allMatch(object -> object.key().startsWith("acme/"));
    }
  }

  @Test
  void wrongValuesCostALineAndNoLog() throws Exception {
    try (HttpDestination http = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(http)
                .environment("PUSHER_JOIN_LINES", "sometimes")
                .environment("PUSHER_LIFT", "level,user id")
                .function(invocation -> invocation.log("[ERROR] hi"))
                .start()) {
      sandbox.invoke("{}");
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(http)).containsExactly("[ERROR] hi");
      assertThat(ShippedLayer.arrived(http)).noneMatch(line -> line.has("level"));
      assertThat(sandbox.extensionOutput())
          .filteredOn(line -> line.contains("configuration problem"))
          .singleElement()
          .asString()
          .contains("2 configuration problems", "PUSHER_JOIN_LINES=sometimes", "PUSHER_LIFT=");
    }
  }
}
