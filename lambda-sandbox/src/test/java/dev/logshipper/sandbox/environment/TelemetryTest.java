package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logshipper.sandbox.environment.function.Invocation;
import dev.logshipper.sandbox.environment.function.LogFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelemetryTest extends SubscribedTestBase {

  TelemetryTest() throws IOException {}

  @Test
  void eventsArePostedAsJsonArraysToTheSubscriptionsPath() throws Exception {
    try (Sandbox sandbox = subscribed().freeze(false).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      receiver.await(each -> !each.events("platform.runtimeDone").isEmpty());

      Receiver.Delivery first = receiver.deliveries().getFirst();
      assertThat(first.method()).isEqualTo("POST");
      assertThat(first.path()).isEqualTo("/logs");
      assertThat(first.contentType()).isEqualTo("application/json");
      assertThat(receiver.events("function"))
          .extracting(event -> event.path("record").asText())
          .containsExactly("a \"line\"");
    }
  }

  @Test
  void eventsOfInitBeforeTheSubscriptionAreDelivered() throws Exception {
    try (Sandbox sandbox = subscribed().freeze(false).start()) {
      receiver.await(each -> !each.events("platform.initReport").isEmpty());

      assertThat(receiver.events())
          .extracting(event -> event.path("type").asText())
          .startsWith("platform.initStart")
          .contains(
              "platform.telemetrySubscription", "platform.extension", "platform.initRuntimeDone");
      assertThat(sandbox.init().succeeded()).isTrue();
    }
  }

  @Test
  void nothingIsDeliveredWhileFrozen() throws Exception {
    try (Sandbox sandbox = subscribed().start()) {
      sandbox.emit("platform.test", "{}");

      assertThat(sandbox.deliverNow(60)).isFalse();
      assertThat(receiver.events("platform.test")).isEmpty();

      sandbox.thaw();
      assertThat(sandbox.deliverNow(5_000)).isTrue();
      assertThat(receiver.events("platform.test")).hasSize(1);
    }
  }

  @Test
  void rejectedDeliveryIsRepeated() throws Exception {
    try (Sandbox sandbox =
        subscribed()
            .telemetry(TelemetryBehaviour.standard().retryBackoffMillis(5))
            .freeze(false)
            .start()) {
      assertThat(sandbox.deliverNow(5_000)).isTrue();
      receiver.reject(2);

      sandbox.emit("platform.test", "{}");

      receiver.await(each -> each.events("platform.test").size() == 1);
      assertThat(receiver.rejected()).isEqualTo(2);
    }
  }

  @Test
  void eventsBeyondTheBufferAreDroppedAndCounted() throws Exception {
    try (Sandbox sandbox =
        subscribed().telemetry(TelemetryBehaviour.standard().bufferBytesMax(2_000)).start()) {
      for (int i = 0; i < 100; i++) {
        sandbox.emit("platform.test", "{}");
      }

      sandbox.thaw();

      receiver.await(each -> !each.events("platform.logsDropped").isEmpty());
      int dropped =
          receiver
              .events("platform.logsDropped")
              .getFirst()
              .path("record")
              .path("droppedRecords")
              .asInt();
      assertThat(dropped + receiver.events("platform.test").size()).isEqualTo(100);
      assertThat(sandbox.timeline().summary().droppedEvents()).isEqualTo(dropped);
    }
  }

  @Test
  void linesOfAJsonFunctionAreObjectsForNewSchemas() throws Exception {
    try (Sandbox sandbox = jsonFunction()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      receiver.await(each -> each.events("function").size() == 2);

      List<JsonNode> events = receiver.events("function");
      assertThat(events.getFirst().path("record").path("level").asText()).isEqualTo("INFO");
      JsonNode wrapped = events.getLast().path("record");
      assertThat(wrapped.properties())
          .extracting(Map.Entry::getKey)
          .containsExactly("timestamp", "level", "message");
      assertThat(wrapped.path("timestamp")).isEqualTo(events.getLast().path("time"));
      assertThat(wrapped.path("level").asText()).isEqualTo("INFO");
      assertThat(wrapped.path("message").asText()).isEqualTo("plain");
    }
  }

  @Test
  void linesOfAJsonFunctionAreStringsForTheOldestSchema() throws Exception {
    Path _ =
        new BashExtension(folder)
            .write(
                "subscriber",
                "register '\"SHUTDOWN\"'\nsubscribe " + receiver.port() + " 2022-07-01\nloop\n");
    try (Sandbox sandbox = jsonFunction()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      receiver.await(each -> each.events("function").size() == 2);

      assertThat(receiver.events("function"))
          .extracting(event -> event.path("record").asText())
          .containsExactly("{\"level\":\"INFO\"}", "plain");
    }
  }

  private Sandbox jsonFunction() throws InterruptedException {
    return Sandbox.builder()
        .extensions(folder)
        .freeze(false)
        .logFormat(LogFormat.JSON)
        .function(each -> {
          each.logJson("{\"level\":\"INFO\"}");
          each.log("plain");
        })
        .start();
  }

  @Test
  void runtimeDoneCanComeBeforeInvoke() throws Exception {
    try (Sandbox sandbox =
        subscribed().telemetry(TelemetryBehaviour.standard().runtimeDoneBeforeInvoke()).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();

      assertThat(receiver.events("platform.runtimeDone")).hasSize(1);
      List<Timeline.Entry> entries = sandbox.timeline().entries();
      int invoke = indexOf(entries, "extension.event");
      assertThat(entries.subList(0, invoke))
          .extracting(Timeline.Entry::kind)
          .contains("runtime.responded");
    }
  }

  private static int indexOf(List<Timeline.Entry> entries, String kind) {
    return entries.stream().map(Timeline.Entry::kind).toList().indexOf(kind);
  }

  @Test
  void lastDeliveryCanBeDelayed() throws Exception {
    Path _ =
        new BashExtension(folder)
            .write(
                "subscriber",
                "register '\"INVOKE\",\"SHUTDOWN\"'\nsubscribe "
                    + receiver.port()
                    + "\nnext\nnext\nsleep 0.3\nexit 0\n");
    try (Sandbox sandbox =
        subscribed().telemetry(TelemetryBehaviour.standard().lastDeliveryDelayMillis(40)).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();

      assertThat(sandbox.shutdown("spindown").extensions().getFirst().killed()).isFalse();

      assertThat(receiver.events("platform.report")).hasSize(1);
      double shutdown = sandbox.timeline().entries("extension.event").getLast().millis();
      double delivery = sandbox.timeline().entries("delivery").getLast().millis();
      assertThat(delivery - shutdown).isGreaterThanOrEqualTo(39);
    }
  }

  @Test
  void testCanDeliverAnyBody() throws Exception {
    try (Sandbox sandbox = subscribed().start()) {
      byte[] poison = "[{".getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> sandbox.deliverRaw(poison))
          .isInstanceOf(IllegalStateException.class);

      sandbox.thaw();

      assertThat(sandbox.deliverRaw(poison)).isEqualTo(200);
      assertThat(receiver.deliveries()).extracting(Receiver.Delivery::body).contains("[{");
    }
  }

  @Test
  void eventsUndeliveredAtACrashGoToTheNextEnvironment() throws Exception {
    try (Sandbox sandbox = subscribed().start()) {
      sandbox.emit("platform.test", "{}");
      boolean killed =
          ProcessHandle.of(sandbox.extensions().getFirst().pid()).orElseThrow().destroyForcibly();
      assertThat(killed).isTrue();
      receiver.reject(Integer.MAX_VALUE);

      assertThat(sandbox.invoke("{}").errorType()).isEqualTo("Extension.Crash");
      receiver.reject(0);
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.thaw();

      receiver.await(each -> each.events("platform.test").size() == 1);
    }
  }

  @Test
  void processCanBeTheFunction() throws Exception {
    String script =
        """
        exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"
        while printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\n\\r\\n' >&3; do
          while read -r line <&3 && line=${line%$'\\r'} && [ -n "$line" ]; do
            case $line in
              Content-Length:*) length=${line#*: } ;;
              Lambda-Runtime-Aws-Request-Id:*) id=${line#*: } ;;
            esac
          done
          read -r -N "$length" payload <&3
          echo "$GREETING $payload"
          printf 'POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\\r\\nContent-Length: 4\\r\\n\\r\\n"ok"' "$id" >&3
          while read -r line <&3 && line=${line%$'\\r'} && [ -n "$line" ]; do :; done
          read -r -N 16 body <&3
        done
        """;
    try (Sandbox sandbox =
        subscribed()
            .function(List.of("/bin/bash", "-c", script), Map.of("GREETING", "hello"))
            .start()) {
      assertThat(sandbox.init().succeeded()).isTrue();
      assertThat(sandbox.invoke("\"you\"").response()).isEqualTo("\"ok\"");
      assertThat(sandbox.invoke("\"too\"").response()).isEqualTo("\"ok\"");
      sandbox.thaw();

      receiver.await(each -> each.events("function").size() == 2);
      assertThat(receiver.events("function").getFirst().path("record").asText())
          .isEqualTo("hello \"you\"");
    }
  }

  @Test
  void timeoutIsReportedBeforeTheEnvironmentIsReset() throws Exception {
    try (Sandbox sandbox = subscribed().timeoutMillis(100).function(Invocation::hang).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isFalse();
      receiver.await(each -> !each.events("platform.report").isEmpty());

      assertThat(receiver.events("platform.runtimeDone").getFirst().at("/record/status").asText())
          .isEqualTo("timeout");
      assertThat(receiver.events("platform.report").getFirst().at("/record/status").asText())
          .isEqualTo("timeout");
    }
  }
}
