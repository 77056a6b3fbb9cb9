package dev.logshipper.sandbox.environment.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `/proc`. A process may end between two reads; an ended process counts as nothing.
final class ProcFileSystem {

  /// The fields of `/proc/PID/stat` that matter here.
  ///
  /// @param reapedChildrenMillis CPU time of ended children that were waited for
  record Stat(long pid, char state, long group, long session, long reapedChildrenMillis) {}

  private static final Path PROC = Path.of("/proc");

  /// `USER_HZ` is 100 on every Linux that Lambda runs on.
  private static final long MILLIS_PER_TICK = 10;

  private ProcFileSystem() {}

  /// The live processes of a session: all that a `setsid` command started and that have not
  /// detached.
  static List<Stat> session(long session) {
    List<Stat> members = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        stat(process)
            .filter(stat -> stat.session() == session && stat.state() != 'Z')
            .ifPresent(members::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new IllegalStateException("/proc cannot be listed", e);
    }
    return members;
  }

  static MemoryUse memory(long pid) {
    long pss = 0;
    long own = 0;
    long anonymous = 0;
    for (String line : lines(PROC.resolve(pid + "/smaps_rollup"))) {
      if (line.startsWith("Pss:")) {
        pss = bytes(line);
      } else if (line.startsWith("Private_Clean:") || line.startsWith("Private_Dirty:")) {
        own += bytes(line);
      } else if (line.startsWith("Anonymous:")) {
        anonymous = bytes(line);
      }
    }
    return new MemoryUse(pss, own, anonymous);
  }

  private static Optional<Stat> stat(Path process) {
    List<String> lines = lines(process.resolve("stat"));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    // The command's name, in parentheses, may contain any character; the fields after the last
    // parenthesis may not.
    String afterName = lines.getFirst().substring(lines.getFirst().lastIndexOf(')') + 2);
    String[] fields = afterName.split(" ", -1);
    long ticks = Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
    return Optional.of(
        new Stat(
            Long.parseLong(process.getFileName().toString()),
            fields[0].charAt(0),
            Long.parseLong(fields[2]),
            Long.parseLong(fields[3]),
            ticks * MILLIS_PER_TICK));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long bytes(String line) {
    String kilobytes = line.replaceAll("\\D", "");
    return Long.parseLong(kilobytes) * 1024;
  }
}
