package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logshipper.sandbox.environment.function.LogFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionOutputTest extends SubscribedTestBase {

  // 2026-01-02T03:04:05.678901Z
  private static final String MICROS = "0006475ef6574f35";

  FunctionOutputTest() throws IOException {}

  @Test
  void frameWithLineFeedsIsOneEventOfItsOwnTime() throws Exception {
    List<JsonNode> events =
        events(LogFormat.TEXT, "frame 17 " + MICROS + " $'boom\\n  at here\\n'", 1);

    assertThat(events.getFirst().path("record").asText()).isEqualTo("boom\n  at here\n");
    assertThat(events.getFirst().path("time").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
  }

  @Test
  void framesOfAJsonFunctionAreObjectsAndCarryTheirLevel() throws Exception {
    List<JsonNode> events =
        events(
            LogFormat.JSON,
            """
            frame 0e %1$s '{"level":"INFO","message":"whole"}'
            frame 13 %1$s $'two\\nlines'
            frame 03 %1$s plain
            """
                .formatted(MICROS),
            3);

    assertThat(events.get(0).path("record").path("message").asText()).isEqualTo("whole");
    assertThat(events.get(1).path("record").path("message").asText()).isEqualTo("two\nlines");
    assertThat(events.get(1).path("record").path("level").asText()).isEqualTo("WARN");
    assertThat(events.get(2).path("record").path("level").asText()).isEqualTo("INFO");
  }

  @Test
  void stdoutAndStderrAreSeparateStreams() throws Exception {
    List<JsonNode> events =
        events(LogFormat.TEXT, "printf half; echo whole >&2; sleep 0.05; echo ' line'", 2);

    assertThat(events)
        .extracting(event -> event.path("record").asText())
        .containsExactly("whole", "half line");
  }

  @Test
  void functionHasItsHandlerItsCodeAndItsTenant() throws Exception {
    try (Sandbox sandbox =
        subscribed()
            .handler("app.main")
            .taskRoot(Path.of("/srv/code"))
            .tenantId("blue")
            .function(BashRuntime.command("echo $_HANDLER $LAMBDA_TASK_ROOT $tenant"), Map.of())
            .start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.thaw();
      receiver.await(each -> !each.events("platform.report").isEmpty());

      assertThat(receiver.events("function").getFirst().path("record").asText())
          .isEqualTo("app.main /srv/code blue");
      for (String type : List.of("platform.start", "platform.report")) {
        assertThat(receiver.events(type).getFirst().at("/record/tenantId").asText())
            .isEqualTo("blue");
      }
    }
  }

  private List<JsonNode> events(LogFormat format, String handler, int count) throws Exception {
    try (Sandbox sandbox =
        subscribed().logFormat(format).function(BashRuntime.command(handler), Map.of()).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.thaw();
      receiver.await(each -> each.events("function").size() == count);
      return receiver.events("function");
    }
  }
}
