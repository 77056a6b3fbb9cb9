package dev.logshipper.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// A folder and its contents.
record FileTree(Path root) {

  /// The folder and its contents, in an order that is the same on every machine.
  List<Path> sorted() throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.sorted().toList();
    }
  }

  /// Copies the contents to `target`, permissions included.
  void copyTo(Path target) throws IOException {
    for (Path path : sorted()) {
      Path copy = target.resolve(root.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(copy);
      } else {
        Files.copy(
            path, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  void delete() throws IOException {
    if (Files.exists(root)) {
      for (Path path : sorted().reversed()) {
        Files.delete(path);
      }
    }
  }

  long bytes() throws IOException {
    long bytes = 0;
    for (Path path : sorted()) {
      bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
    }
    return bytes;
  }
}
