package dev.logshipper.bench;

import java.nio.file.Path;
import java.util.Map;

/// Somebody else's extension, as the command line names it.
///
/// @param path a program, or a folder of such
/// @param destination the kind of destination that it sends to, by the name of our sink for that
record Against(Path path, String destination, Map<String, String> environment) {

  Against {
    environment = Map.copyOf(environment);
  }

  String name() {
    return path.getFileName().toString();
  }
}
