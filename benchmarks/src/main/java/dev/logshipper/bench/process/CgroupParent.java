package dev.logshipper.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Finds the group in which control groups may be created: the root group if this process is in it,
/// otherwise only the one that the user names. A group below the root belongs to the program that
/// created it and may measure by it.
public final class CgroupParent {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final Path OWN = Path.of("/proc/self/cgroup");

  private CgroupParent() {}

  /// The folder of the group.
  ///
  /// @throws IOException if there is none; the message is the reason
  public static Path of(String controller) throws IOException {
    return of(controller, ROOT, Files.readAllLines(OWN));
  }

  /// @param own the lines of `/proc/self/cgroup`: `<id>:<controllers>:<group>`
  static Path of(String controller, Path root, List<String> own) throws IOException {
    for (String line : own) {
      String[] parts = line.split(":", 3);
      boolean isVersion2 = parts[1].isEmpty() && own.size() == 1;
      boolean isVersion1 = List.of(parts[1].split(",", -1)).contains(controller);
      if (!isVersion1 && !isVersion2) {
        continue;
      }
      if (!parts[2].equals("/")) {
        throw new IOException(
            "the " + controller + " group " + parts[2] + " belongs to another program");
      }
      return isVersion1 ? root.resolve(parts[1]) : root;
    }
    throw new IOException("there is no controller '" + controller + "'");
  }
}
