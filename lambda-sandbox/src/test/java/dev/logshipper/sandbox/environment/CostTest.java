package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostTest {

  @TempDir Path folder;

  @Test
  void costOfAnExtensionIncludesAllItsProcesses() throws Exception {
    // A child that is still there, and one that was waited for, both with work to do.
    String work = "for ((i = 0; i < 60000; i++)); do :; done";
    Path _ =
        new BashExtension(folder)
            .write(
                "worker",
                "("
                    + work
                    + "; sleep 60) &\n("
                    + work
                    + ")\n"
                    + work
                    + "\nregister '\"INVOKE\",\"SHUTDOWN\"'\nloop\n");

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      ShutdownOutcome _ = sandbox.shutdown("spindown");
      ExtensionCost cost = sandbox.extensions().getFirst().cost();

      assertThat(cost.registerMillis().orElseThrow()).isPositive();
      assertThat(cost.readyMillis().orElseThrow())
          .isGreaterThan(cost.registerMillis().orElseThrow());
      assertThat(cost.firstDeliveryMillis()).isEmpty();
      assertThat(cost.cpuToReadyMillis()).isGreaterThan(20);
      assertThat(cost.cpuMillis()).isGreaterThanOrEqualTo(cost.cpuToReadyMillis());
      MemoryUse memory = cost.memoryAtReady();
      assertThat(memory).isNotNull().isNotEqualTo(new MemoryUse(0, 0, 0));
      assertThat(cost.memoryAtEnd()).isNotNull();
    }
  }

  @Test
  void timelineIsWrittenAsJson() throws Exception {
    Path file = folder.resolve("out/timeline.json");
    try (Receiver receiver = new Receiver();
        Sandbox sandbox =
            Sandbox.builder()
                .extensions(
                    new BashExtension(java.nio.file.Files.createDirectory(folder.resolve("e")))
                        .writeSubscribed("subscriber", receiver.port()))
                .freeze(false)
                .start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      assertThat(sandbox.deliverNow(5_000)).isTrue();

      sandbox.timeline().writeJson(file);
    }

    JsonNode json = JsonMapper.builder().build().readTree(file.toFile());
    assertThat(json.at("/summary/invocations").asInt()).isOne();
    assertThat(json.at("/summary/deliveries").asInt()).isPositive();
    assertThat(json.at("/summary/extensions/subscriber/firstDeliveryMillis").asDouble())
        .isPositive();
    assertThat(json.path("entries").findValuesAsText("kind"))
        .contains("extension.started", "delivery", "invocation.ended");
  }
}
