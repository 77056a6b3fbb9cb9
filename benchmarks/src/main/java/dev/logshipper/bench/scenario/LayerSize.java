package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.WorkFolder;
import dev.logshipper.bench.result.Figure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The size of a layer, and of the slim layers that `scripts/layer` has built next to it.
public record LayerSize() implements Experiment {
  public static final String TITLE = "size of the layer";

  public static final Figure ZIP = Figure.megabytes("zip");
  static final Figure UNPACKED = Figure.megabytes("unpacked");
  public static final Figure SLIM_ZIP = Figure.megabytes("slim zip");
  static final Figure SLIM_UNPACKED = Figure.megabytes("slim unpacked");

  @Override
  public String title() {
    return TITLE;
  }

  @Override
  public List<Figure> figures() {
    return List.of(ZIP, UNPACKED, SLIM_ZIP, SLIM_UNPACKED);
  }

  @Override
  public boolean appliesTo(Candidate candidate) {
    return candidate.is(Role.LAYER, Role.BASELINE, Role.OTHER);
  }

  @Override
  public int repetitions(int requested) {
    return 1;
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException {
    Map<Figure, Double> values = new LinkedHashMap<>();
    Path extensions = candidate.extensions();
    if (extensions != null && candidate.isLayer()) {
      Path layer = extensions.resolveSibling(".").toRealPath();
      Path build = layer.resolveSibling(".");
      String mode = candidate.sink().mode();
      addZip(values, ZIP, build, "log-shipper-{x86_64,arm64}.zip");
      addFolder(values, UNPACKED, layer);
      addZip(values, SLIM_ZIP, build, "log-shipper-" + mode + "-{x86_64,arm64}.zip");
      addFolder(values, SLIM_UNPACKED, build.resolve("layer-" + mode));
    } else if (extensions != null) {
      addFolder(values, UNPACKED, extensions.toRealPath());
    }
    return values;
  }

  private static void addZip(Map<Figure, Double> values, Figure figure, Path build, String glob)
      throws IOException {
    try (DirectoryStream<Path> zips = Files.newDirectoryStream(build, glob)) {
      for (Path zip : zips) {
        values.put(figure, Files.size(zip) / 1e6);
      }
    }
  }

  private static void addFolder(Map<Figure, Double> values, Figure figure, Path folder)
      throws IOException {
    if (Files.isDirectory(folder)) {
      values.put(figure, WorkFolder.bytes(folder) / 1e6);
    }
  }
}
