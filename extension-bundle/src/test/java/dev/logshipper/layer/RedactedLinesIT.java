package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.function.LogFormat;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Redaction and expressions, as the destination sees them.
@ExtendWith(SandboxExtension.class)
class RedactedLinesIT {

  @Test
  void valuesAreReplacedAndExcludedLinesStayAway() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .environment("PUSHER_REDACT", "card,email,aws-key,private-key,ip")
                .environment("PUSHER_REDACT_PATTERN", "EMP\\d{6}")
                .environment("PUSHER_EXCLUDE", "(?i)health.*check")
                .function(invocation -> {
                  invocation.log("paid with 4111 1111 1111 1111 by john@example.com");
                  invocation.log("{\"card\":4111111111111111,\"by\":\"EMP123456\"}");
                  invocation.log("a HEALTH check of 10.0.0.1");
                  invocation.log("from 10.0.0.1");
                  invocation.log("-----BEGIN PRIVATE KEY-----");
                  invocation.log("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw");
                  invocation.log("-----END PRIVATE KEY-----");
                })
                .start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination))
          .containsExactly(
              "paid with [card] by [email]",
              "{\"card\":\"[card]\",\"by\":\"[redacted]\"}",
              "from [ipv4]",
              "[private-key]",
              "[private-key]",
              "[private-key]");
      assertThat(ShippedLayer.ledger(sandbox, "filtered_exclude")).isEqualTo(1);
      assertThat(sandbox.extensionOutput()).hasSize(1);
    }
  }

  @Test
  void jsonStaysJson() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .logFormat(LogFormat.JSON)
                .environment("PUSHER_REDACT", "all")
                .function(invocation ->
                    invocation.logJson(
                        "{\"to\":\"john\\u0040example.com\",\"card\":4111111111111111,\"n\":1}"))
                .start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.shutdown("spindown");

      assertThat(String.join("\n", destination.lines()))
          .contains("[email]", "[card]")
          .doesNotContain("4111111111111111")
          .doesNotContain("example.com");
    }
  }

  @Test
  void unusableRedactionShipsNothing() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .environment("PUSHER_REDACT", "card,mails")
                .function(invocation -> invocation.log("to john@example.com"))
                .start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.shutdown("spindown");

      assertThat(destination.lines()).isEmpty();
      assertThat(sandbox.extensionOutput().getFirst())
          .contains("PUSHER_REDACT=card,mails: expected", "is off");
      assertThat(ShippedLayer.ledger(sandbox, "dropped_sink_off"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }
}
