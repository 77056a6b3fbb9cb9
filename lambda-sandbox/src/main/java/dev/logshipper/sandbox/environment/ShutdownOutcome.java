package dev.logshipper.sandbox.environment;

import java.util.List;
import java.util.Optional;

/// The outcome of a shutdown.
public record ShutdownOutcome(List<ExtensionEnd> extensions) {

  /// The end of one extension.
  ///
  /// @param killed whether it was killed: it had not registered for SHUTDOWN, or was too slow
  /// @param exitCode 128 + signal number when killed
  /// @param millis from the begin of the shutdown to its end
  public record ExtensionEnd(String name, boolean killed, int exitCode, double millis) {}

  public ShutdownOutcome {
    extensions = List.copyOf(extensions);
  }

  /// The end of the extension of that name.
  public Optional<ExtensionEnd> extension(String name) {
    return extensions.stream().filter(end -> end.name().equals(name)).findFirst();
  }
}
