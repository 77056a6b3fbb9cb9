package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logshipper.sandbox.environment.InvocationOutcome.Status;
import dev.logshipper.sandbox.environment.function.ScriptedFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The ways in which a function ends, as reported to subscribers and extensions.
class FunctionEndTest extends SubscribedTestBase {

  FunctionEndTest() throws IOException {}

  static Stream<Arguments> ends() {
    ScriptedFunction killed =
        invocation -> {
          throw invocation.runOutOfMemory();
        };
    ScriptedFunction exitsWith0 =
        invocation -> {
          throw invocation.crash(0);
        };
    return Stream.of(
        Arguments.of(Named.of("killed by the kernel", killed), "Runtime.OutOfMemory"),
        Arguments.of(Named.of("exit code 0", exitsWith0), "Runtime.ExitError"));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void endOfTheRuntimeIsReportedAndResetsTheEnvironment(ScriptedFunction end, String errorType)
      throws Exception {
    ScriptedFunction once =
        invocation -> {
          invocation.log("before the end");
          if (invocation.payload().equals("end")) {
            end.handle(invocation);
          }
        };
    try (Sandbox sandbox = subscribed().function(once).start()) {
      Path kept = Files.createFile(sandbox.temporaryFolder().resolve("kept"));
      InvocationOutcome outcome = sandbox.invoke("end");

      assertThat(outcome.status()).isEqualTo(Status.ERROR);
      assertThat(outcome.errorType()).isEqualTo(errorType);
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      assertThat(kept).exists();
      assertEndReported(sandbox, errorType);
    }
  }

  @Test
  void killedFunctionProcessIsReportedInTheSameWay() throws Exception {
    String script =
        """
        exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"
        printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\n\\r\\n' >&3
        read -r _ <&3
        kill -9 $$
        """;
    try (Sandbox sandbox =
        subscribed().function(List.of("/bin/bash", "-c", script), Map.of()).start()) {
      for (int i = 0; i < 2; i++) {
        assertThat(sandbox.invoke("{}").errorType()).isEqualTo("Runtime.ExitError");
      }
      assertEndReported(sandbox, "Runtime.ExitError");
    }
  }

  private void assertEndReported(Sandbox sandbox, String errorType) {
    // Events that the extension did not receive before SHUTDOWN go to its successor.
    receiver.await(each -> !each.events("platform.report").isEmpty());
    for (String type : List.of("platform.runtimeDone", "platform.report")) {
      JsonNode reported = receiver.events(type).getFirst().path("record");
      assertThat(reported.path("status").asText()).isEqualTo("error");
      assertThat(reported.path("errorType").asText()).isEqualTo(errorType);
    }
    assertThat(sandbox.extensionOutput())
        .anyMatch(line -> line.contains("\"shutdownReason\":\"failure\""));
  }
}
