package dev.logshipper.plugins;

import dev.logshipper.sink.SinkProvider;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sinks that other layers have put into `sinks/<mode>/`. A jar that cannot be used is left out
/// and affects no other.
///
/// Where there are none, this lists that folder and its subfolders, nothing else.
///
/// @param providers at most one per folder, under the folder's name
/// @param failures a line for each jar that is left out
public record PluginDirectory(List<SinkProvider> providers, List<String> failures) {

  /// Loads them, which runs their static initializers, constructors, `spiVersion()`, `mode()` and
  /// `settings()`.
  ///
  /// @param sinks the folder `sinks`, spelled as on the class path; an empty path for none
  /// @param classPath its jars are not plugins, wherever they are
  /// @param bundled modes of the bundled sinks, which no plugin can have
  public static PluginDirectory in(File sinks, String classPath, Set<String> bundled) {
    List<SinkProvider> providers = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Set<String> known = new HashSet<>(Arrays.asList(classPath.split(File.pathSeparator, -1)));
    // Without a folder; since JDK 25 an empty path is the working directory.
    File[] entries = sinks.getPath().isEmpty() ? null : sinks.listFiles();
    for (File entry : sorted(entries)) {
      String name = entry.getName();
      File[] content = entry.listFiles();
      if (content != null) {
        List<File> jars = new ArrayList<>();
        for (File file : sorted(content)) {
          if (isJar(file) && !known.contains(file.getPath())) {
            jars.add(file);
          }
        }
        if (!jars.isEmpty()) {
          SinkProvider provider =
              new PluginFolder(name, failures).load(jars, bundled.contains(name));
          if (provider != null) {
            providers.add(provider);
          }
        }
      } else if (entry.isDirectory()) {
        failures.add("sinks/" + name + " left out: folder not readable");
      } else if (isJar(entry)) {
        failures.add("sinks/" + name + " left out: expected in a folder, sinks/<mode>/" + name);
      }
    }
    return new PluginDirectory(List.copyOf(providers), List.copyOf(failures));
  }

  /// Excludes hidden files, such as those that macOS adds to a zip.
  private static boolean isJar(File file) {
    return file.getName().endsWith(".jar") && !file.getName().startsWith(".");
  }

  /// @param files null for a folder that does not exist
  private static File[] sorted(File @Nullable [] files) {
    if (files == null) {
      return new File[0];
    }
    Arrays.sort(files);
    return files;
  }
}
