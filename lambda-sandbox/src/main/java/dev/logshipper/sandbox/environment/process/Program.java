package dev.logshipper.sandbox.environment.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program to start.
///
/// @param command its path, which becomes its argument 0, and its arguments
/// @param environment all its variables; none is inherited
/// @param folder its working directory
public record Program(List<String> command, Map<String, String> environment, Path folder) {

  String name() {
    return Path.of(command.getFirst()).getFileName().toString();
  }
}
