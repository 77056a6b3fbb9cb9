package dev.logshipper.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A control group of the kernel, version 1 or 2, that limits the processes in it. It is made below
/// a group that one may use, so that no limit which holds already is left.
final class Cgroup implements AutoCloseable {

  /// Lambda's own is not known; so short a period does not let a start of some milliseconds through
  /// in one burst.
  private static final long PERIOD_MICROS = 20_000;

  private static final long QUOTA_MICROS_MIN = 1_000;
  private static final int REMOVAL_TRIES = 100;

  private final Path folder;
  private final boolean second;

  private Cgroup(Path folder, boolean second) {
    this.folder = folder;
    this.second = second;
  }

  /// Makes one.
  ///
  /// @param parent the folder of the group that it is made in
  /// @param controller `cpu` or `memory`
  /// @throws IOException why it cannot be
  static Cgroup in(Path parent, String controller, String name) throws IOException {
    boolean second = Files.exists(parent.resolve("cgroup.controllers"));
    if (second) {
      write(parent.resolve("cgroup.subtree_control"), "+" + controller);
    }
    Path folder = Files.createDirectory(parent.resolve(name));
    Cgroup group = new Cgroup(folder, second);
    if (!Files.exists(group.file(controller))) {
      group.close();
      throw new IOException(parent + " has no controller '" + controller + "'");
    }
    return group;
  }

  private Path file(String controller) {
    return switch (controller) {
      case "cpu" -> folder.resolve(second ? "cpu.max" : "cpu.cfs_quota_us");
      default -> folder.resolve(second ? "memory.max" : "memory.limit_in_bytes");
    };
  }

  /// Moves a process into it; what that starts from then on is in it as well.
  void add(long pid) {
    try {
      write(folder.resolve("cgroup.procs"), Long.toString(pid));
    } catch (IOException _) {
      // It has ended already.
    }
  }

  /// Limits CPU time to so many cores.
  void limitCores(double cores) throws IOException {
    long quota = Math.max(QUOTA_MICROS_MIN, Math.round(cores * PERIOD_MICROS));
    if (second) {
      write(file("cpu"), quota + " " + PERIOD_MICROS);
    } else {
      write(folder.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
      write(file("cpu"), Long.toString(quota));
    }
  }

  void limitMemory(long bytes) throws IOException {
    write(file("memory"), Long.toString(bytes));
  }

  /// The most memory that was charged to it, files' pages included.
  long peakBytes() throws IOException {
    Path file = folder.resolve(second ? "memory.peak" : "memory.max_usage_in_bytes");
    return Long.parseLong(Files.readString(file).trim());
  }

  /// Removes it, as soon as its processes are gone.
  @Override
  public void close() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        Files.deleteIfExists(folder);
        return;
      } catch (IOException busy) {
        if (tries == REMOVAL_TRIES) {
          throw busy;
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.WRITE);
  }
}
