package dev.logshipper.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.bundle.UnpackedLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The layer that ships uses and weighs no more than the files in `gate/` allow: a class on the way
/// to the first event, a library, or a megabyte is added on purpose or not at all.
class LayerGateIT {
  private static final Path FILES = Path.of("gate");
  private static final boolean WRITES = Boolean.getBoolean("gate.write");
  private static final String ON_PURPOSE = " (if on purpose: -Dgate.write=true writes gate/ anew)";

  /// Threads that use a class first, one this time and another the next, need more than one run to
  /// be seen.
  private static final int RUNS_TO_WRITE = 3;

  private static final double MORE_CLASSES = 0.1;

  /// Two builds of one commit differ by less, and so do the JDKs that build them.
  private static final double MORE_BYTES = 0.03;

  @TempDir static Path folder;
  private static UnpackedLayer layer = new UnpackedLayer(Path.of("set in unpack"));

  @BeforeAll
  static void unpack() throws IOException {
    layer = UnpackedLayer.in(folder.resolve("layer"));
  }

  @ParameterizedTest
  @FieldSource("dev.logshipper.bundle.BundledSink#ALL")
  void usesNoClassOrLibraryThatIsNotAllowed(BundledSink sink) throws Exception {
    Footprint footprint = new Footprint(layer);
    GateFile counted = footprint.count(sink);
    if (WRITES) {
      for (int run = 1; run < RUNS_TO_WRITE; run++) {
        counted.add(footprint.count(sink));
      }
    }
    hold(sink.mode(), counted, MORE_CLASSES);
  }

  @Test
  void isNoLargerThanAllowed() throws IOException {
    Path zip = UnpackedLayer.zip();
    GateFile counted = new GateFile();
    counted.bound("bytes zipped", Files.size(zip));
    try (ZipFile entries = new ZipFile(zip.toFile())) {
      counted.bound("bytes unpacked", entries.stream().mapToLong(ZipEntry::getSize).sum());
    }

    hold("size", counted, MORE_BYTES);
  }

  private static void hold(String name, GateFile counted, double margin) throws IOException {
    Path file = FILES.resolve(name + ".txt");
    if (WRITES) {
      counted.widened(margin).write(file);
    }
    List<String> excess = GateFile.read(file).excessOf(counted);
    // One line, because Maven repeats only the first at its end.
    assertThat(excess)
        .withFailMessage(() -> name + ": " + String.join("; ", excess) + ON_PURPOSE)
        .isEmpty();
  }
}
