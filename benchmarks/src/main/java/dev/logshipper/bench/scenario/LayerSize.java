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

/// The size of the layer, and of the slim layers that `scripts/layer` has built.
///
/// @param build their folder
public record LayerSize(Path build) implements Experiment {
  public static final String TITLE = "size of the layer";

  public static final Figure ZIP = Figure.megabytes("zip");
  static final Figure UNPACKED = Figure.megabytes("unpacked");
  static final Figure SLIM_ZIP = Figure.megabytes("slim zip");
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
    return candidate.ships();
  }

  @Override
  public int repetitions(int requested) {
    return 1;
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException {
    Map<Figure, Double> values = new LinkedHashMap<>();
    Path extensions = candidate.extensions();
    if (candidate.role() == Role.LAYER) {
      addZip(values, ZIP, "log-shipper-{x86_64,arm64}.zip");
      addFolder(values, UNPACKED, build.resolve("layer"));
      addZip(values, SLIM_ZIP, "log-shipper-" + candidate.name() + "-{x86_64,arm64}.zip");
      addFolder(values, SLIM_UNPACKED, build.resolve("layer-" + candidate.name()));
    } else if (extensions != null) {
      addFolder(values, UNPACKED, extensions.toRealPath());
    }
    return values;
  }

  private void addZip(Map<Figure, Double> values, Figure figure, String glob) throws IOException {
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
