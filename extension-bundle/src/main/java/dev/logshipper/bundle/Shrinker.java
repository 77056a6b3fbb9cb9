package dev.logshipper.bundle;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;

/// Removes unreferenced code from jars with ProGuard: half of the libraries' code, which then need
/// not be mapped, linked and kept in memory.
///
/// @param program folder with ProGuard's jars
/// @param rules for the classes to keep
record Shrinker(Path program, Path rules) {

  /// Shrinks jars, all of them together: one may refer to another.
  ///
  /// @param folder of the jars
  /// @param jars as paths in `folder`
  /// @param modules of the JDK that they may refer to
  /// @param shrunk folder for the shrunk jars, under the same paths; the entries have the time of
  ///   the build
  void shrink(Path folder, Collection<String> jars, SortedSet<String> modules, Path shrunk)
      throws IOException, InterruptedException {
    new FileTree(shrunk).delete();
    Files.createDirectories(shrunk);
    Path jdk = shrunk.resolveSibling(shrunk.getFileName() + "-jdk.jar");
    Files.deleteIfExists(jdk);
    writeClasses(modules, jdk);
    List<String> lines = new ArrayList<>();
    for (String jar : jars) {
      lines.add("-injars " + quoted(folder.resolve(jar)));
      lines.add("-outjars " + quoted(shrunk.resolve(jar)));
    }
    lines.add("-libraryjars " + quoted(jdk));
    lines.add("-include " + quoted(rules));
    run(Files.write(shrunk.resolve("run.pro"), lines), shrunk.resolve("run.log"));
  }

  private static String quoted(Path path) {
    return "'" + path + "'";
  }

  /// The JDK's own classes as a jar: ProGuard cannot read a runtime image.
  private static void writeClasses(SortedSet<String> modules, Path jar) throws IOException {
    FileSystem runtime = FileSystems.getFileSystem(URI.create("jrt:/"));
    Map<String, String> options = Map.of("create", "true", "compressionMethod", "STORED");
    try (FileSystem target = FileSystems.newFileSystem(jar, options)) {
      for (String module : modules) {
        Path root = runtime.getPath("modules", module);
        for (Path source : classes(root)) {
          Path copy = target.getPath("/" + root.relativize(source));
          Files.createDirectories(copy.getParent());
          Files.copy(source, copy);
        }
      }
    }
  }

  private static List<Path> classes(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().endsWith(".class"))
          .filter(path -> !path.endsWith("module-info.class"))
          .toList();
    }
  }

  private void run(Path configuration, Path log) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                program + File.separator + "*",
                "proguard.ProGuard",
                "@" + configuration)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ProGuard failed, see " + log);
    }
  }
}
