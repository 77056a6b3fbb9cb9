package dev.logshipper.sandbox.environment;

import java.util.List;
import java.util.Optional;

/// How the processes of an environment ended.
public record ShutdownOutcome(List<ExtensionEnd> extensions) {

  /// How one extension ended.
  ///
  /// @param killed whether it had to be killed: it had not asked for SHUTDOWN, or was too slow
  /// @param exitCode 128 + signal number when killed
  /// @param millis from the begin of the shutdown to its end
  public record ExtensionEnd(String name, boolean killed, int exitCode, double millis) {}

  public ShutdownOutcome {
    extensions = List.copyOf(extensions);
  }

  /// How the extension of that name ended.
  public Optional<ExtensionEnd> extension(String name) {
    return extensions.stream().filter(end -> end.name().equals(name)).findFirst();
  }
}
