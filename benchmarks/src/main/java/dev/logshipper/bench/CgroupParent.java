package dev.logshipper.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where a control group may be made: in the root group if that is the one this process is in, else
/// only where the user says. A group below the root belongs to whoever made it, who keeps accounts
/// by it.
final class CgroupParent {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final Path OWN = Path.of("/proc/self/cgroup");

  private CgroupParent() {}

  /// The folder of the group to make others in.
  ///
  /// @throws IOException why there is none
  static Path of(String controller) throws IOException {
    return of(controller, ROOT, Files.readAllLines(OWN));
  }

  /// @param own the lines of `/proc/self/cgroup`: `<id>:<controllers>:<group>`
  static Path of(String controller, Path root, List<String> own) throws IOException {
    for (String line : own) {
      String[] parts = line.split(":", 3);
      boolean second = parts[1].isEmpty() && own.size() == 1;
      boolean first = List.of(parts[1].split(",", -1)).contains(controller);
      if (!first && !second) {
        continue;
      }
      if (!parts[2].equals("/")) {
        throw new IOException(
            "the " + controller + " group " + parts[2] + " belongs to who started this");
      }
      return first ? root.resolve(parts[1]) : root;
    }
    throw new IOException("there is no controller '" + controller + "'");
  }
}
