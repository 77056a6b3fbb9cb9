package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Which records are shipped, and where: levels, samples, the flight recorder, chains of sinks.
@ExtendWith(SandboxExtension.class)
class ControlIT {

  @Test
  void errorsGoToLokiAndEverythingToHttp() throws Exception {
    try (HttpDestination http = HttpDestination.start();
        LokiDestination loki = LokiDestination.start();
        Sandbox sandbox =
            both("loki,http", loki, http)
                .environment("PUSHER_LOKI_MIN_LEVEL", "error")
                .environment("PUSHER_LOKI_LOG_TYPES", "function")
                .environment("PUSHER_HTTP_FLUSH", "batch")
                .function(invocation -> {
                  invocation.log("level=info msg=calm");
                  invocation.log("[ERROR] loud");
                  invocation.log("a line without a level");
                })
                .start()) {
      sandbox.invoke("{}");
      sandbox.shutdown("spindown");

      assertThat(loki.lines())
          .hasSize(2)
          .anyMatch(line -> line.contains("loud"))
          .anyMatch(line -> line.contains("without a level"));
      assertThat(ShippedLayer.functionLines(http)).hasSize(3);
      assertThat(ledgers(sandbox).getFirst())
          .contains("sink=loki received=2 delivered=2 dropped=0 filtered=1 filtered_level=1");
    }
  }

  @Test
  void expressionsAndNamesOfLevelsChooseLines() throws Exception {
    try (HttpDestination http = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(http)
                .environment("PUSHER_LOG_TYPES", "function")
                .environment("PUSHER_MIN_LEVEL", "Warning")
                .environment("PUSHER_INCLUDE", "(?i)payment.*failed\norder-\\d{3}")
                .environment("PUSHER_EXCLUDE", "retr(y|ied)")
                .function(invocation -> {
                  invocation.log("[ERROR] PAYMENT of 3 EUR failed");
                  invocation.log("[ERROR] payment retried, failed");
                  invocation.log("[INFO] payment failed");
                  invocation.log("order-123");
                  invocation.log("order-12");
                })
                .start()) {
      sandbox.invoke("{}");
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(http))
          .containsExactly("[ERROR] PAYMENT of 3 EUR failed", "order-123");
      assertThat(ledgers(sandbox).getFirst())
          .contains("filtered=3 filtered_level=1 filtered_include=1 filtered_exclude=1");
      assertThat(sandbox.extensionOutput()).noneMatch(line -> line.contains("problem"));
    }
  }

  @Test
  void filtersThatContradictEachOtherAreReportedAndStayInForce() throws Exception {
    try (HttpDestination http = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(http)
                .environment("PUSHER_INCLUDE", "payment failed|payment (lost|late)")
                .environment("PUSHER_HTTP_EXCLUDE", "payment")
                .environment("PUSHER_OWN_LINES", "false")
                .function(invocation -> invocation.log("payment failed"))
                .start()) {
      sandbox.invoke("{}");
      sandbox.shutdown("spindown");

      assertThat(http.lines()).isEmpty();
      assertThat(ShippedLayer.ledger(sandbox, "received")).isZero();
      assertThat(sandbox.extensionOutput())
          .filteredOn(line -> line.contains("problem"))
          .singleElement()
          .asString()
          .contains(
              "1 configuration problem: PUSHER_HTTP_EXCLUDE matches every line that PUSHER_INCLUDE"
                  + " selects: nothing is shipped where both apply");
    }
  }

  @Test
  void aSampleHoldsWholeInvocations() throws Exception {
    try (HttpDestination http = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(http)
                .environment("PUSHER_SAMPLE_PERCENT", "50")
                .function(invocation -> {
                  invocation.log(invocation.requestId() + " one");
                  invocation.log(invocation.requestId() + " two");
                })
                .start()) {
      for (int i = 0; i < 30; i++) {
        sandbox.invoke("{}");
      }
      sandbox.shutdown("spindown");

      List<String> lines = ShippedLayer.functionLines(http);
      assertThat(lines).hasSizeBetween(8, 52);
      for (String line : lines) {
        assertThat(lines).contains(line.substring(0, line.indexOf(' ')) + " one");
        assertThat(lines).contains(line.substring(0, line.indexOf(' ')) + " two");
      }
    }
  }

  @Test
  void onlyInvocationsThatFailedAreShippedWithASummaryOfEachOther() throws Exception {
    try (HttpDestination http = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(http)
                .environment("PUSHER_KEEP", "failed")
                .function(invocation -> {
                  invocation.log(invocation.payload() + " line");
                  if (invocation.payload().contains("bad")) {
                    invocation.log("[ERROR] of the function");
                    throw new IllegalStateException("of the function");
                  }
                })
                .start()) {
      for (String payload : List.of("good1", "bad2", "good3", "bad4", "good5")) {
        sandbox.invoke("\"" + payload + "\"");
      }
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(http))
          .anyMatch(line -> line.contains("bad2"))
          .anyMatch(line -> line.contains("bad4"))
          .noneMatch(line -> line.contains("good"));
      assertThat(String.join("\n", http.lines())).contains("\\\"status\\\":\\\"success\\\"");
      assertThat(ShippedLayer.ledger(sandbox)).contains(" filtered_keep=");
      assertThat(ShippedLayer.ledger(sandbox, "dropped")).isZero();
    }
  }

  @Test
  void heldLinesOfAnInvocationThatTimesOutAreShipped() throws Exception {
    try (HttpDestination http = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(http)
                .environment("PUSHER_KEEP", "failed")
                .timeoutMillis(2_000)
                .function(invocation -> {
                  invocation.log(invocation.payload() + " line");
                  if (invocation.payload().contains("slow")) {
                    Thread.sleep(60_000);
                  }
                })
                .start()) {
      sandbox.invoke("\"quick\"");
      sandbox.invoke("\"slow\"");
      sandbox.shutdown("timeout");

      assertThat(ShippedLayer.functionLines(http))
          .anyMatch(line -> line.contains("slow"))
          .noneMatch(line -> line.contains("quick"));
    }
  }

  @Test
  void theSecondSinkOfAChainReceivesWhatTheFirstCannotTake() throws Exception {
    try (HttpDestination http = HttpDestination.start();
        LokiDestination loki = LokiDestination.start();
        Sandbox sandbox =
            both("loki>http", loki, http)
                .environment("PUSHER_LOG_TYPES", "function")
                .function(invocation -> invocation.log(invocation.payload() + " line"))
                .start()) {
      sandbox.invoke("\"before\"");
      loki.refuseConnections();
      loki.closeConnections();
      for (int i = 0; i < 5; i++) {
        sandbox.invoke("\"during" + i + "\"");
      }
      sandbox.shutdown("spindown");

      List<String> all = new ArrayList<>(loki.lines());
      all.addAll(ShippedLayer.functionLines(http));
      assertThat(loki.lines()).anyMatch(line -> line.contains("before"));
      assertThat(ShippedLayer.functionLines(http)).anyMatch(line -> line.contains("during"));
      assertThat(all).hasSize(6);
      assertThat(ledgers(sandbox)).allMatch(line -> line.contains(" dropped=0 "));
      assertThat(ledgers(sandbox).getFirst()).contains(" handed_over=");
    }
  }

  private static SandboxBuilder both(String mode, Destination loki, Destination http) {
    return ShippedLayer.shippingTo(BundledSink.named("loki"), loki)
        .environment(BundledSink.named("http").environment(http.url()))
        .environment("PUSHER_MODE", mode);
  }

  private static List<String> ledgers(Sandbox sandbox) {
    return sandbox.extensionOutput().stream()
        .filter(line -> line.contains("ledger sink="))
        .toList();
  }
}
