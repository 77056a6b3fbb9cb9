package dev.logshipper.sandbox.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Checks of options' values. Each throws an [IllegalArgumentException] with one line.
final class Checks {
  private Checks() {}

  static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  static void within(String option, long value, long min, long max) {
    require(
        min <= value && value <= max,
        option + " " + value + ": expected a number from " + min + " to " + max);
  }

  static Duration duration(String option, String text) {
    try {
      return Words.duration(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  /// A file that can be written, in a folder that exists or can be created.
  static void writable(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    require(!Files.isDirectory(file), option + " " + file + " is a folder: expected a file");
    Path folder = file.toAbsolutePath().getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    Path existing = Files.exists(file) ? file : folder;
    require(
        folder != null
            && Files.isDirectory(folder)
            && existing != null
            && Files.isWritable(existing),
        option + " " + file + ": no permission to write there");
  }
}
