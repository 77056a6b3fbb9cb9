package dev.logshipper.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run was asked for.
///
/// @param build the folder `target` of the module that builds the layer
/// @param readme the file whose section is to be rewritten; null for none
/// @param memoryMegabytes sizes whose CPU limits `start` and `steady` are repeated with
/// @param throttledInit whether these hold in init as well
/// @param lasting whether `volume` also sends 200 MB
/// @param memoryGroup the control group to make others with a memory limit in; null to look for one
/// @param sinks the layer's sinks to measure
record Settings(
    List<Scenario> scenarios,
    int repetitions,
    Path build,
    @Nullable Path readme,
    List<Integer> memoryMegabytes,
    boolean throttledInit,
    boolean lasting,
    @Nullable Path memoryGroup,
    List<String> sinks,
    List<Against> against) {

  Settings {
    scenarios = List.copyOf(scenarios);
    memoryMegabytes = List.copyOf(memoryMegabytes);
    sinks = List.copyOf(sinks);
    against = List.copyOf(against);
  }

  /// The sizes that were asked for, or else these.
  List<Integer> sizesOr(List<Integer> usual) {
    return memoryMegabytes.isEmpty() ? usual : memoryMegabytes;
  }

  Path layer() {
    return build.resolve("layer");
  }
}
