package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import dev.logshipper.testkit.SourceJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Sinks of other layers.
@ExtendWith(SandboxExtension.class)
class PluginIT {
  @TempDir Path folder;
  private final HttpDestination destination = HttpDestination.start();
  private PluginLayer layer = new PluginLayer(Path.of("set in prepare"));

  @BeforeEach
  void prepare() throws Exception {
    layer = PluginLayer.copiedTo(folder.resolve("opt"));
  }

  @AfterEach
  void stop() {
    destination.close();
  }

  @Test
  void recordsReachAPluginAmongBadJars() throws Exception {
    layer.putAcme();
    Map<String, String> bad = layer.putBad();
    try (Sandbox sandbox =
        environment("acme").environment("PUSHER_ACME_URL", destination.url() + "/acme").start()) {
      List<String> expected = new ArrayList<>();
      for (String line : ShippedLayer.invoke(sandbox, 3)) {
        expected.add("theirs " + line);
      }
      sandbox.shutdown("spindown");

      assertThat(destination.lines()).filteredOn(line -> line.endsWith("here")).isEqualTo(expected);
      assertThat(ShippedLayer.ledger(sandbox, "delivered"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
      assertOneLineEach(sandbox, bad);
    }
  }

  @Test
  void badJarsDoNotAffectABundledSink() throws Exception {
    Map<String, String> bad = layer.putBad();
    try (Sandbox sandbox = environment("http").start()) {
      List<String> lines = ShippedLayer.invoke(sandbox, 3);
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).isEqualTo(lines);
      assertOneLineEach(sandbox, bad);
    }
  }

  @Test
  void aPluginThatCannotBeOpenedIsOffAndNamed() throws Exception {
    layer.put("acme/acme.jar", SourceJar.plugin("newer-open").against("newer-spi"));
    try (Sandbox sandbox = environment("http,acme").start()) {
      List<String> lines = ShippedLayer.invoke(sandbox, 2);
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).isEqualTo(lines);
      assertThat(sandbox.extensionOutput())
          .filteredOn(line -> line.contains("acme.jar"))
          .singleElement()
          .asString()
          .contains(
              "acme: the sink cannot be opened (sinks/acme/acme.jar: failed to link"
                  + " (java.lang.NoSuchMethodError: ",
              "records for it are dropped and counted");
      assertThat(sandbox.extensionOutput())
          .anyMatch(line -> line.contains("ledger sink=acme") && line.contains(" delivered=0 "));
    }
  }

  @Test
  void aPluginThatCannotSendIsLikeADestinationThatIsDown() throws Exception {
    layer.put("acme/acme.jar", SourceJar.plugin("newer-send").against("newer-spi"));
    try (Sandbox sandbox = environment("http,acme").start()) {
      List<String> lines = ShippedLayer.invoke(sandbox, 3);
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).isEqualTo(lines);
      assertThat(sandbox.extensionOutput())
          .filteredOn(line -> line.contains("acme.jar"))
          .singleElement()
          .asString()
          .contains("acme: cannot send (sinks/acme/acme.jar: failed to link");
    }
  }

  private SandboxBuilder environment(String modes) {
    return Sandbox.builder()
        .extensions(layer.extensions())
        .environment("PUSHER_MODE", modes)
        .environment("PUSHER_HTTP_URL", destination.url() + "/logs")
        .function(invocation -> invocation.log(invocation.requestId() + " was here"));
  }

  /// Nothing else is printed, except the ledger.
  private static void assertOneLineEach(Sandbox sandbox, Map<String, String> expected) {
    List<String> left = new ArrayList<>(sandbox.extensionOutput());
    expected.forEach((name, reason) -> {
      assertThat(left).filteredOn(line -> line.contains(name)).as(name).hasSize(1);
      assertThat(left).anyMatch(line -> line.contains(name + reason));
      left.removeIf(line -> line.contains(name));
    });
    assertThat(left).singleElement().asString().contains("ledger sink=");
  }
}
