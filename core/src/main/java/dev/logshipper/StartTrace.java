package dev.logshipper;

import dev.logshipper.settings.Configuration;
import dev.logshipper.sink.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Prints the version and the settings in effect, with `PUSHER_LOG_LEVEL=debug`. Not loaded
/// otherwise.
final class StartTrace {
  private static final String VERSION = "Version: ";

  private StartTrace() {}

  static void print(Configuration configuration, Diagnostics diagnostics) {
    String version = version(Path.of(System.getProperty("java.home"), "..", "manifest"));
    diagnostics.debug("version " + version + " for " + System.getProperty("os.arch"));
    diagnostics.debug(
        "started on Java "
            + System.getProperty("java.runtime.version")
            + " of "
            + System.getProperty("java.version.date")
            + ", "
            + System.getProperty("java.vendor"));
    configuration.report().forEach(diagnostics::debug);
  }

  /// @param manifest of the layer
  static String version(Path manifest) {
    try {
      for (String line : Files.readAllLines(manifest)) {
        if (line.startsWith(VERSION)) {
          return line.substring(VERSION.length());
        }
      }
    } catch (IOException _) {
      // Not in a layer.
    }
    return "unknown";
  }
}
