package dev.logshipper.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A control group (version 1 or 2) that limits its processes. It is created below an existing
/// group, whose limits stay in force.
public final class Cgroup implements AutoCloseable {
  /// Lambda's own period is not known. With a longer one a start of some milliseconds would run in
  /// one burst.
  private static final long PERIOD_MICROS = 20_000;

  private static final long QUOTA_MICROS_MIN = 1_000;
  private static final int REMOVAL_TRIES = 100;

  private final Path folder;
  private final boolean isVersion2;

  private Cgroup(Path folder, boolean isVersion2) {
    this.folder = folder;
    this.isVersion2 = isVersion2;
  }

  /// Creates a group.
  ///
  /// @param parent the folder of the parent group
  /// @param controller `cpu` or `memory`
  /// @throws IOException if that is not possible; the message is the reason
  public static Cgroup in(Path parent, String controller, String name) throws IOException {
    boolean isVersion2 = Files.exists(parent.resolve("cgroup.controllers"));
    if (isVersion2) {
      write(parent.resolve("cgroup.subtree_control"), "+" + controller);
    }
    Path folder = Files.createDirectory(parent.resolve(name));
    Cgroup group = new Cgroup(folder, isVersion2);
    if (!Files.exists(group.file(controller))) {
      group.close();
      throw new IOException(parent + " has no controller '" + controller + "'");
    }
    return group;
  }

  private Path file(String controller) {
    return switch (controller) {
      case "cpu" -> folder.resolve(isVersion2 ? "cpu.max" : "cpu.cfs_quota_us");
      default -> folder.resolve(isVersion2 ? "memory.max" : "memory.limit_in_bytes");
    };
  }

  /// Moves a process into the group; its future children belong to it as well.
  public void add(long pid) {
    try {
      write(folder.resolve("cgroup.procs"), Long.toString(pid));
    } catch (IOException _) {
      // It has already ended.
    }
  }

  /// Limits the CPU time, in cores.
  void limitCores(double cores) throws IOException {
    long quota = Math.max(QUOTA_MICROS_MIN, Math.round(cores * PERIOD_MICROS));
    if (isVersion2) {
      write(file("cpu"), quota + " " + PERIOD_MICROS);
    } else {
      write(folder.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
      write(file("cpu"), Long.toString(quota));
    }
  }

  public void limitMemory(long bytes) throws IOException {
    write(file("memory"), Long.toString(bytes));
  }

  /// The peak of the memory charged to the group, page cache included.
  public long peakBytes() throws IOException {
    Path file = folder.resolve(isVersion2 ? "memory.peak" : "memory.max_usage_in_bytes");
    return Long.parseLong(Files.readString(file).trim());
  }

  /// Removes the group once its processes have ended.
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
