package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The layer under test next to that of the machine: the same except for the processor.
@Tag("arm64")
class ProcessorsIT {
  private static final Path LAYER = Emulation.LAYER;
  private static final Path OF_THIS_MACHINE = Path.of("target/layer");

  @Test
  void everyProgramAndLibraryIsForTheProcessorOfTheManifest() throws Exception {
    assertThat(LAYER.resolve("log-shipper/manifest"))
        .content()
        .contains("\nProcessor: " + Emulation.processor().lambdaName() + "\n");
    int programs = 0;
    for (Path file : new FileTree(LAYER).sorted()) {
      if (isProgram(file)) {
        programs++;
        assertThat(Processor.of(file)).as(file.toString()).isEqualTo(Emulation.processor());
      }
    }
    assertThat(programs).isGreaterThan(10);
  }

  @Test
  void jarsAndSettingsAreThoseOfTheLayerOfThisMachine() throws Exception {
    SortedMap<String, Path> ones = files(LAYER);
    SortedMap<String, Path> others = files(OF_THIS_MACHINE);

    assertThat(ones.keySet()).isEqualTo(others.keySet());
    for (Map.Entry<String, Path> file : ones.entrySet()) {
      String name = file.getKey();
      if (name.endsWith(".jar") || name.endsWith("/classpath") || name.endsWith(".options")) {
        assertThat(Files.mismatch(file.getValue(), others.get(name))).as(name).isEqualTo(-1);
      }
    }
  }

  @Test
  void modulesAreThoseOfTheLayerOfThisMachine() throws Exception {
    assertThat(modules(LAYER)).isEqualTo(modules(OF_THIS_MACHINE));
  }

  private static boolean isProgram(Path file) {
    return file.toString().endsWith(".so")
        || file.endsWith("extensions/log-shipper")
        || file.endsWith("bin/java")
        || file.endsWith("lib/jspawnhelper");
  }

  /// The files under names without a processor, except authorities and licences: they depend on the
  /// release of Java.
  private static SortedMap<String, Path> files(Path layer) throws IOException {
    assumeThat(layer).as("scripts/layer builds it").exists();
    SortedMap<String, Path> files = new TreeMap<>();
    for (Path file : new FileTree(layer).sorted()) {
      String name = layer.relativize(file).toString();
      if (Files.isRegularFile(file) && !name.contains("/cacerts.d/") && !name.contains("/legal/")) {
        files.put(name.replace("aarch_64", "x86_64"), file);
      }
    }
    return files;
  }

  private static String modules(Path layer) throws IOException {
    Path release = layer.resolve("log-shipper/runtime/release");
    assumeThat(release).as("scripts/layer builds it").exists();
    return Files.readAllLines(release).stream()
        .filter(line -> line.startsWith("MODULES="))
        .findFirst()
        .orElseThrow();
  }
}
