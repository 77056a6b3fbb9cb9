package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapStartTest extends SubscribedTestBase {

  SnapStartTest() throws IOException {}

  @Test
  void restoreRepeatsTheEventsOfTheInit() throws Exception {
    try (Sandbox sandbox = subscribed().snapStart(true).start()) {
      sandbox.thaw();
      receiver.await(each -> each.events("platform.initReport").size() == 1);
      sandbox.freeze();

      sandbox.restore();
      receiver.await(each -> each.events("platform.restoreReport").size() == 1);

      assertThat(receiver.events())
          .extracting(event -> event.path("type").asText())
          .endsWith(
              "platform.initStart",
              "platform.initRuntimeDone",
              "platform.initReport",
              "platform.restoreStart",
              "platform.restoreRuntimeDone",
              "platform.restoreReport");
      List<JsonNode> reports = receiver.events("platform.initReport");
      assertThat(reports.getLast()).isEqualTo(reports.getFirst());
      assertThat(reports.getFirst().at("/record/initializationType").asText())
          .isEqualTo("snap-start");
    }
  }

  @Test
  void firstInvocationRestoresAndReportsIt() throws Exception {
    try (Sandbox sandbox = subscribed().snapStart(true).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.thaw();
      receiver.await(each -> each.events("platform.report").size() == 2);

      List<JsonNode> reports = receiver.events("platform.report");
      assertThat(reports.getFirst().at("/record/metrics").has("restoreDurationMs")).isTrue();
      assertThat(reports.getFirst().at("/record/metrics").has("initDurationMs")).isFalse();
      assertThat(reports.getLast().at("/record/metrics").has("restoreDurationMs")).isFalse();
      assertThat(receiver.events("platform.restoreStart")).hasSize(1);
    }
  }

  @Test
  void runtimeWaitsForTheRestoreAndThenRunsItsHooks() throws Exception {
    String hook =
        """
        exec 9<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"
        printf 'GET /2018-06-01/runtime/restore/next HTTP/1.1\\r\\n\\r\\n' >&9
        read -r line <&9
        echo restored
        """;
    List<String> command = BashRuntime.command("echo handled");
    List<String> withHook = List.of("/bin/bash", "-c", hook + command.getLast());

    try (Sandbox sandbox = subscribed().snapStart(true).function(withHook, Map.of()).start()) {
      assertThat(sandbox.timeline().entries("runtime.restore-next")).hasSize(1);
      assertThat(sandbox.timeline().entries("runtime.next")).isEmpty();

      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.thaw();
      receiver.await(each -> each.events("function").size() == 2);
    }
  }

  @Test
  void credentialsComeFromTheLocalEndpoint() throws Exception {
    var _ =
        new BashExtension(folder)
            .write("printer", "env | grep '^AWS_' || :\nregister '\"SHUTDOWN\"'\nloop\n");

    try (Sandbox sandbox = subscribed().snapStart(true).start();
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(sandbox.extensionOutput())
          .noneMatch(line -> line.startsWith("AWS_ACCESS_KEY_ID="));
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
              URI.create(variable(sandbox, "AWS_CONTAINER_CREDENTIALS_FULL_URI")));
      assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(403);

      String token = variable(sandbox, "AWS_CONTAINER_AUTHORIZATION_TOKEN");
      request.header("Authorization", token);
      assertThat(client.send(request.build(), BodyHandlers.ofString()).body())
          .contains("\"AccessKeyId\":\"ASIASANDBOX\"", "\"Expiration\":\"");
    }
  }

  private static String variable(Sandbox sandbox, String name) {
    return sandbox.extensionOutput().stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void managedInstanceHasNoSnapshot() {
    assertThatThrownBy(() -> Sandbox.builder().managedInstances(true).snapStart(true).start())
        .isInstanceOf(IllegalStateException.class);
  }
}
