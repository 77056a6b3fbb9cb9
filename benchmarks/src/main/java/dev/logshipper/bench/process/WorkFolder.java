package dev.logshipper.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders for the files of a run. Links are removed, not followed.
public final class WorkFolder {
  private WorkFolder() {}

  public static Path temporary() throws IOException {
    return Files.createTempDirectory("log-shipper-bench-");
  }

  public static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  /// The size of all files in bytes; links are not followed.
  public static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(path);
      }
    }
    return bytes;
  }
}
