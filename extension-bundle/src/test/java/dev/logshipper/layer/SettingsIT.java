package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Variables of the environment, and the lines about them.
@ExtendWith(SandboxExtension.class)
class SettingsIT {

  @Test
  void fiveBadValuesMakeOneMessage() throws Exception {
    assertThat(
            complaintAbout(
                Map.of(
                    "ED_ENDPOINT", "not a url",
                    "ED_BUFFER_SIZE_MB", "lots",
                    "ED_LAMBDA_TIMEOUT_MS", "5",
                    "PUSHER_FLUSH", "sometimes",
                    "PUSHER_OVERFLOWS", "drop-newest")))
        .contains("5 configuration problems")
        .contains("ED_ENDPOINT=***", "an http:// or https:// URL")
        .contains("ED_BUFFER_SIZE_MB=lots", "a whole number from 1 to 1024", "20 is used")
        .contains("ED_LAMBDA_TIMEOUT_MS=5", "from 25 to 30000", "25 is used")
        .contains("PUSHER_FLUSH=sometimes", "auto is used")
        .contains("PUSHER_OVERFLOWS is not a known variable", "PUSHER_OVERFLOW?");
  }

  @Test
  void anEmptyEnvironmentIsExplained() throws Exception {
    assertThat(complaintAbout(Map.of()))
        .contains("ED_ENDPOINT is not set: expected an http:// or https:// URL with a host")
        .contains("(the sink is http, because PUSHER_MODE is not set)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ED_ENDPOINT=logs.example.com/s3cret | no scheme; expected",
        "ED_ENDPOINT=htps://s3cret@a.b/c     | the scheme is htps, not http or https; expected",
        "ED_ENDPOINT=https://me:s3cret@a:99999/ | a port that is not from 1 to 65535; expected",
        "PUSHER_HTTP_HEADERS=Authorization=Basic s3cret | expected one of PUSHER_HTTP_BEARER_TOKEN,"
      })
  void theWrongPartIsNamedWithoutTheValue(String assignment, String problem) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("ED_ENDPOINT", "http://127.0.0.1:9/");
    environment.put("PUSHER_HTTP_BEARER_TOKEN", "s3cret");
    int at = assignment.indexOf('=');
    environment.put(assignment.substring(0, at), assignment.substring(at + 1));
    assertThat(complaintAbout(environment))
        .startsWith("log-shipper: 1 configuration problem: ")
        .contains(problem, "its sink is off and records for it are dropped")
        .doesNotContain("s3cret");
  }

  @Test
  void aFailedInitializationHasNoValueInEffect() throws Exception {
    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(ShippedLayer.directory().resolve("extensions"))
            .environment(
                Map.of(
                    "ED_ENDPOINT", "http://127.0.0.1:9/",
                    "PUSHER_BUFFER_MB", "abc",
                    "PUSHER_ON_ERROR", "fail"))
            .function(invocation -> invocation.log("a line"))
            .start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isFalse();
      assertThat(sandbox.extensionOutput())
          .contains(
              "log-shipper: 1 configuration problem: PUSHER_BUFFER_MB=abc: expected a whole number"
                  + " from 1 to 1024; initialization fails (PUSHER_ON_ERROR=fail)");
    }
  }

  /// The only line that the extension prints at start; the function runs in any case.
  private static String complaintAbout(Map<String, String> environment) throws Exception {
    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(ShippedLayer.directory().resolve("extensions"))
            .environment(environment)
            .function(invocation -> invocation.log("a line"))
            .start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      assertThat(sandbox.shutdown("spindown").extensions().getFirst().exitCode()).isZero();

      assertThat(ShippedLayer.ledger(sandbox, "dropped_sink_off"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
      return sandbox.extensionOutput().getFirst();
    }
  }

  @Test
  void environmentOfTheFunctionHasNoEffect() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            logging(destination)
                .environment("JAVA_TOOL_OPTIONS", "-javaagent:/nowhere.jar")
                .environment("JDK_JAVA_OPTIONS", "-Xmx1k")
                .environment("_JAVA_OPTIONS", "-Xmx1k")
                .environment("CLASSPATH", "/nowhere")
                .environment("LD_LIBRARY_PATH", "/nowhere/lib")
                .environment("BASH_ENV", "/nowhere/profile")
                .start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).containsExactly("a line");
      assertThat(sandbox.extensionOutput()).hasSize(1).first().asString().contains("ledger");
    }
  }

  @Test
  void healthyRunPrintsTheLedgerAndNothingElse() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = logging(destination).start()) {
      for (int i = 0; i < 10; i++) {
        sandbox.invoke("{}");
      }
      sandbox.shutdown("spindown");

      assertThat(sandbox.extensionOutput()).hasSize(1).first().asString().contains("ledger sink=");
    }
  }

  @Test
  void quietRunPrintsNothing() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            logging(destination).environment("ED_PRINT_EXTENSION_LOGS", "false").start()) {
      for (int i = 0; i < 10; i++) {
        sandbox.invoke("{}");
      }
      sandbox.shutdown("spindown");

      assertThat(sandbox.extensionOutput()).isEmpty();
    }
  }

  @Test
  void managedInstancesAreServedOnATimer() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = logging(destination).managedInstances(true).start()) {
      for (int i = 0; i < 3; i++) {
        assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      }
      assertThat(sandbox.shutdown("spindown").extensions().getFirst().exitCode()).isZero();

      assertThat(ShippedLayer.functionLines(destination)).hasSize(3);
    }
  }

  private static SandboxBuilder logging(HttpDestination destination) {
    return ShippedLayer.shippingTo(destination).function(invocation -> invocation.log("a line"));
  }
}
