package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.OtherExtension;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of a run.
///
/// @param build the folder `target` of the module that builds the layer
/// @param baseline the same folder of an earlier commit; null for none
/// @param comparison whether to measure only what the comparison with the baseline shows
/// @param document the file whose tables are rewritten; null for none
/// @param memoryMegabytes function sizes with whose CPU limits `start` and `steady` are repeated
/// @param throttledInit whether the limits apply to init as well
/// @param longVolume whether `volume` also sends 200 MB
/// @param memoryGroup the parent of the memory cgroup; null to look for one
/// @param sinks the layer's sinks to measure
/// @param others other extensions to measure
public record RunSettings(
    List<Scenario> scenarios,
    int repetitions,
    Path build,
    @Nullable Path baseline,
    boolean comparison,
    @Nullable Path document,
    List<Integer> memoryMegabytes,
    boolean throttledInit,
    boolean longVolume,
    @Nullable Path memoryGroup,
    List<String> sinks,
    List<OtherExtension> others) {

  public RunSettings {
    scenarios = List.copyOf(scenarios);
    memoryMegabytes = List.copyOf(memoryMegabytes);
    sinks = List.copyOf(sinks);
    others = List.copyOf(others);
  }

  /// The given sizes, or a default.
  public List<Integer> sizesOr(List<Integer> defaultSizes) {
    return memoryMegabytes.isEmpty() ? defaultSizes : memoryMegabytes;
  }

  /// The folder of the unpacked layer.
  public Path layer() {
    return build.resolve("layer");
  }

  /// The folder of the baseline's unpacked layer; null for none.
  public @Nullable Path baselineLayer() {
    return baseline == null ? null : baseline.resolve("layer");
  }
}
