package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.logshipper.sandbox.environment.ExtensionProcess;
import dev.logshipper.sandbox.environment.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// All visible output of extensions except requests to the destination: printed lines, the
/// sandbox's timeline, files, command lines and thread names.
final class Traces {
  private static final Path SHARED_TEMPORARY_FOLDER = Path.of("/tmp");

  private final Sandbox sandbox;
  private final Set<Long> pids = new TreeSet<>();
  private final Set<String> commandLines = new TreeSet<>();
  private final Set<String> threadNames = new TreeSet<>();

  Traces(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Looks at the present processes.
  Traces look() throws IOException {
    for (ExtensionProcess extension : sandbox.extensions()) {
      for (long pid : extension.pids()) {
        Path process = Path.of("/proc", Long.toString(pid));
        pids.add(pid);
        commandLines.add(read(process.resolve("cmdline")));
        for (Path thread : list(process.resolve("task"))) {
          threadNames.add(read(thread.resolve("comm")));
        }
      }
    }
    return this;
  }

  /// The names of the canaries found in each kind of trace; empty when there are none.
  Map<String, Set<String>> of(Canaries canaries) throws IOException {
    Map<String, String> traces =
        Map.of(
            "output", String.join("\n", sandbox.extensionOutput()),
            "timeline", timeline(),
            "files", filesWithContent(),
            "command lines", commandLines.toString(),
            "threads", threadNames.toString());
    Map<String, Set<String>> found = new TreeMap<>();
    traces.forEach((kind, text) -> {
      Set<String> names = canaries.in(text);
      if (!names.isEmpty()) {
        found.put(kind, names);
      }
    });
    return found;
  }

  /// In the private temporary folder, which is the working directory, too; and in the machine's own
  /// those that are named after a process that was seen.
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(list(sandbox.temporaryFolder()));
    for (Path file : list(SHARED_TEMPORARY_FOLDER)) {
      if (pids.stream().anyMatch(pid -> file.toString().matches(".*\\D" + pid + "(\\D.*)?"))) {
        files.add(file);
      }
    }
    return files;
  }

  private String filesWithContent() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files()) {
      text.append(file).append('\n').append(Files.isRegularFile(file) ? read(file) : "");
    }
    return text.toString();
  }

  private String timeline() throws IOException {
    Path file = Files.createTempFile("timeline", ".json");
    try {
      sandbox.timeline().writeJson(file);
      return Files.readString(file);
    } finally {
      Files.delete(file);
    }
  }

  /// Empty when the file is gone, as that of a thread may be.
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (UncheckedIOException gone) {
      return List.of();
    }
  }
}
