package dev.logshipper.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.function.LogFormat;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("arm64")
@ExtendWith(SandboxExtension.class)
class DeliveryIT {
  private static final int INVOCATIONS = 20;
  private static final int LINES = 50;

  @Test
  void everyLineArrivesOnceInOrderWithItsRequestId() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .function(invocation -> {
                  for (int i = 0; i < LINES; i++) {
                    invocation.log(invocation.requestId() + " line " + i);
                  }
                })
                .start()) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < INVOCATIONS; i++) {
        InvocationOutcome outcome = sandbox.invoke("{}");
        assertThat(outcome.succeeded()).isTrue();
        for (int line = 0; line < LINES; line++) {
          expected.add(outcome.requestId() + " line " + line);
        }
      }
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).isEqualTo(expected);
      for (JsonNode record : ShippedLayer.arrived(destination)) {
        if (record.path("log_type").asText().equals("function")) {
          assertThat(record.path("message").asText())
              .startsWith(record.path("faas").path("request_id").asText() + " ");
        }
      }
      assertThat(destination.requests()).hasSizeLessThanOrEqualTo(INVOCATIONS + 1);
      long received = ShippedLayer.ledger(sandbox, "received");
      assertThat(received).isEqualTo(destination.lines().size());
      assertThat(ShippedLayer.ledger(sandbox, "delivered")).isEqualTo(received);
    }
  }

  @Test
  void linesOfEveryKindArriveUnchanged() throws Exception {
    List<String> lines =
        List.of(
            "x",
            "a".repeat(1024 * 1024),
            "emoji 😀 and ümlaut",
            "nul \0 inside",
            "carriage return\r and tab\t",
            "quote \" and backslash \\ and slash /",
            "{\"type\":\"platform.runtimeDone\",\"record\":{\"requestId\":\"unknown\"}}",
            "the same",
            "the same",
            "the same");
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .function(invocation -> lines.forEach(invocation::log))
                .start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).isEqualTo(lines);
    }
  }

  @Test
  void recordsOfJsonFormatArriveAsTheyAre() throws Exception {
    String json =
        "{\"level\":\"INFO\",\"requestId\":\"own-id\",\"message\":\"a \\\"quoted\\\" ümlaut\"}";
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .logFormat(LogFormat.JSON)
                .function(invocation -> invocation.logJson(json))
                .start()) {
      sandbox.invoke("{}");
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).containsExactly(json);
    }
  }

  @Test
  void unknownTypesAndOddRecordsPassThrough() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .function(invocation -> {
                  /* logs nothing */
                })
                .start()) {
      sandbox.thaw();
      sandbox.emit("platform.somethingNew", "{\"of\":2027}");
      sandbox.emit("function", "null");
      sandbox.emit("function", "17.5");
      sandbox.emit("function", "[1,\"two\"]");
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.messages(destination, "platform.somethingNew"))
          .containsExactly("{\"of\":2027}");
      assertThat(ShippedLayer.functionLines(destination))
          .containsExactly("null", "17.5", "[1,\"two\"]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "[{\"time\":", "no JSON at all", "[{},5,null]"})
  void badBodyGets200AndTheNextDeliverySucceeds(String body) throws Exception {
    acceptsAndGoesOn(body.getBytes(UTF_8));
  }

  @Test
  void thousandsOfBracketsGet200AndTheNextDeliverySucceeds() throws Exception {
    acceptsAndGoesOn("[".repeat(5_000).getBytes(UTF_8));
  }

  private static void acceptsAndGoesOn(byte[] body) throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .function(invocation -> invocation.log("still here"))
                .start()) {
      sandbox.thaw();
      assertThat(sandbox.deliverRaw(body)).isEqualTo(200);
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).containsExactly("still here");
      boolean isEmptyArray = new String(body, UTF_8).equals("[]");
      assertThat(ShippedLayer.ledger(sandbox, "malformed") == 0).isEqualTo(isEmptyArray);
    }
  }
}
