package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.layer.PluginLayer;
import dev.logshipper.testkit.SourceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Sinks of another layer. `PluginIT` has every kind of bad jar.
@Chapter("Settings and other extensions")
class PluginFaultsIT {
  private static final int INVOCATIONS = 2;
  private static final String JAR = "acme/acme.jar";

  @TempDir static Path folder;
  private static PluginLayer layer = new PluginLayer(Path.of("set in prepare"));

  @BeforeAll
  static void prepare() throws IOException {
    layer = PluginLayer.copiedTo(folder.resolve("opt"));
  }

  @AfterEach
  void removeTheJar() throws IOException {
    Files.deleteIfExists(layer.root().resolve("log-shipper/sinks").resolve(JAR));
  }

  @Sinks
  @Fault(
      value = "a plugin throws in its static initializer",
      user = "one line with the jar's name",
      heldMillisMax = 2_250)
  void pluginThrowsInItsStaticInitializer(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = withPlugin("static-throws", sink, runs);

    assertThat(run.output())
        .singleElement()
        .asString()
        .contains(
            "sinks/acme/acme.jar (mode acme) left out",
            "failed with java.lang.IllegalStateException");
  }

  @Sinks
  @Fault(
      value = "a plugin exhausts the memory in its static initializer",
      user = "two lines of the launcher, and the JVM's own",
      heldMillisMax = 2_250)
  void pluginExhaustsTheMemory(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = withPlugin("static-memory", sink, runs);

    assertThat(run.output())
        .filteredOn(line -> line.contains("Java exited with status 3"))
        .hasSize(2)
        .last()
        .asString()
        .endsWith("restarting it without other layers' sinks");
  }

  private static FaultRun withPlugin(String plugin, BundledSink sink, FaultRuns runs)
      throws Exception {
    layer.put(JAR, SourceJar.plugin(plugin));
    FaultRun run = runs.of(sink).layer(layer.root()).start();
    run.invoke(INVOCATIONS);
    run.end();
    return run;
  }
}
