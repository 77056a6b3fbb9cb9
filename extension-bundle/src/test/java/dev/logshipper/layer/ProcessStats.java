package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// A snapshot of the extension's resources: the memory of its launcher and Java, Java's threads and
/// open descriptors.
///
/// @param pid Java's
record ProcessStats(long pid, long pssBytes, long anonymousBytes, long threads, long descriptors) {

  /// The heap shrinks in steps, the whole way with the fourth collection in a row.
  private static final int COLLECTIONS = 5;

  static ProcessStats of(Sandbox sandbox) throws IOException {
    long pid = ShippedLayer.java(sandbox).pid();
    MemoryUse memory = sandbox.extensions().getFirst().memory();
    Path process = Path.of("/proc/" + pid);
    return new ProcessStats(
        pid,
        memory.pssBytes(),
        memory.anonymousBytes(),
        entries(process.resolve("task")),
        entries(process.resolve("fd")));
  }

  /// The same after garbage collections that return all free memory: the heap size between
  /// collections does not show how much is retained.
  static ProcessStats withoutGarbage(Sandbox sandbox) throws IOException, InterruptedException {
    long pid = ShippedLayer.java(sandbox).pid();
    sandbox.thaw();
    jcmd(pid, "VM.set_flag", "MinHeapFreeRatio", "0");
    jcmd(pid, "VM.set_flag", "MaxHeapFreeRatio", "1");
    for (int i = 0; i < COLLECTIONS; i++) {
      jcmd(pid, "GC.run");
    }
    ProcessStats vitals = of(sandbox);
    jcmd(pid, "VM.set_flag", "MaxHeapFreeRatio", "70");
    jcmd(pid, "VM.set_flag", "MinHeapFreeRatio", "40");
    sandbox.freeze();
    return vitals;
  }

  /// This JDK's tool can control the layer's JVM, which comes without the tool.
  private static void jcmd(long pid, String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin/jcmd").toString());
    all.add(Long.toString(pid));
    all.addAll(List.of(command));
    Process tool = new ProcessBuilder(all).redirectOutput(Redirect.DISCARD).start();
    assertThat(tool.waitFor()).as(String.join(" ", all)).isZero();
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  /// The middle one of a figure's values.
  static long median(List<ProcessStats> samples, ToLongFunction<ProcessStats> figure) {
    return samples.stream()
        .map(figure::applyAsLong)
        .sorted(Comparator.naturalOrder())
        .toList()
        .get(samples.size() / 2);
  }

  @Override
  public String toString() {
    return "%.1f MB PSS, %.1f MB anonymous, %d threads, %d descriptors"
        .formatted(pssBytes / 1e6, anonymousBytes / 1e6, threads, descriptors);
  }
}
