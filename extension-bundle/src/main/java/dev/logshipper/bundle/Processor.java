package dev.logshipper.bundle;

import java.util.Locale;

/// The kinds of processor on which Lambda runs.
final class Processor {
  private Processor() {}

  /// The name that AWS uses for the one of this machine.
  static String name() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm64";
      default -> throw new IllegalStateException("Lambda does not run on " + name);
    };
  }
}
