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
  /// @param sinks the folder `sinks`, spelled as on the class path
  /// @param classPath its jars are not plugins, wherever they are
  /// @param bundled modes of the bundled sinks, which no plugin can have
  public static PluginDirectory in(File sinks, String classPath, Set<String> bundled) {
    List<SinkProvider> providers = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Set<File> known = files(classPath);
    for (String name : sorted(sinks.list())) {
      File entry = new File(sinks, name);
      String[] content = entry.list();
      if (content != null) {
        List<File> jars = jars(entry, content, known);
        if (!jars.isEmpty()) {
          SinkProvider provider =
              new PluginFolder(name, failures).load(jars, bundled.contains(name));
          if (provider != null) {
            providers.add(provider);
          }
        }
      } else if (entry.isDirectory()) {
        failures.add("sinks/" + name + " left out: folder not readable");
      } else if (isJar(name)) {
        failures.add("sinks/" + name + " left out: expected in a folder, sinks/<mode>/" + name);
      }
    }
    return new PluginDirectory(List.copyOf(providers), List.copyOf(failures));
  }

  private static Set<File> files(String classPath) {
    Set<File> files = new HashSet<>();
    for (String path : classPath.split(File.pathSeparator, -1)) {
      files.add(new File(path));
    }
    return files;
  }

  private static List<File> jars(File folder, String[] names, Set<File> known) {
    List<File> jars = new ArrayList<>();
    for (String name : sorted(names)) {
      File file = new File(folder, name);
      if (isJar(name) && !known.contains(file)) {
        jars.add(file);
      }
    }
    return jars;
  }

  /// Excludes hidden files, such as those that macOS adds to a zip.
  private static boolean isJar(String name) {
    return name.endsWith(".jar") && !name.startsWith(".");
  }

  /// @param names of a folder that may not exist
  private static String[] sorted(String @Nullable [] names) {
    if (names == null) {
      return new String[0];
    }
    Arrays.sort(names);
    return names;
  }
}
