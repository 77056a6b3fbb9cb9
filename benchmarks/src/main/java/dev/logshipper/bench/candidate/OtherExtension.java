package dev.logshipper.bench.candidate;

import java.nio.file.Path;
import java.util.Map;

/// Another extension, given on the command line.
///
/// @param path a program or a folder of programs
/// @param destination the kind of destination, as the name of the layer's sink for it
public record OtherExtension(Path path, String destination, Map<String, String> environment) {

  public OtherExtension {
    environment = Map.copyOf(environment);
  }

  String name() {
    return path.getFileName().toString();
  }
}
