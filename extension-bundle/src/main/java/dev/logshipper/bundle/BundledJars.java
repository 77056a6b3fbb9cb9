package dev.logshipper.bundle;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The jars of the layer with their paths, and the JDK modules that they use. Jars to which no
/// bundled code refers (of annotations, for example) are omitted.
///
/// @param placed files by their path in the layer's `log-shipper/`, in the order of the class path
/// @param modules of the JDK
record BundledJars(Map<String, Path> placed, SortedSet<String> modules) {
  private static final String CORE_PREFIX = "log-shipper-core-";

  /// Core goes to `lib/`; a sink goes to its own folder, with the libraries that no sink before it
  /// has.
  ///
  /// @param sinks of the layer
  /// @param classPath all jars that Maven resolved for the layer
  static BundledJars of(List<BundledSink> sinks, List<Path> classPath) {
    Map<String, Path> placed = new LinkedHashMap<>();
    SortedSet<String> modules = new TreeSet<>();
    Set<String> jdk =
        ModuleFinder.ofSystem().findAll().stream()
            .map(ModuleReference::descriptor)
            .map(descriptor -> descriptor.name())
            .collect(Collectors.toSet());
    place(CORE_PREFIX, "lib", classPath, placed, modules);
    for (BundledSink sink : sinks) {
      place(sink.jarPrefix(), "sinks/" + sink.mode(), classPath, placed, modules);
    }
    modules.retainAll(jdk);
    return new BundledJars(placed, modules);
  }

  private static void place(
      String prefix,
      String folder,
      List<Path> classPath,
      Map<String, Path> placed,
      SortedSet<String> modules) {
    Path root =
        classPath.stream()
            .filter(jar -> nameOf(jar).startsWith(prefix))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(prefix + "*.jar is no dependency"));
    SortedSet<String> used = usedBy(root, classPath);
    modules.addAll(used);
    List<Path> ordered = new ArrayList<>(classPath);
    ordered.remove(root);
    ordered.addFirst(root);
    for (Path jar : ordered) {
      boolean needed = jar.equals(root) || used.contains(nameOf(jar));
      if (needed && !placed.containsValue(jar)) {
        placed.put(folder + "/" + nameOf(jar), jar);
      }
    }
  }

  /// Names of the jars and modules that a jar's code refers to, directly or indirectly.
  private static SortedSet<String> usedBy(Path root, List<Path> classPath) {
    String everything =
        classPath.stream()
            .map(Path::toString)
            .collect(Collectors.joining(java.io.File.pathSeparator));
    String summary =
        new JdkTool("jdeps")
            .run(
                "-summary",
                "--recursive",
                "--ignore-missing-deps",
                "--multi-release",
                String.valueOf(Runtime.version().feature()),
                "--class-path",
                everything,
                root.toString());
    return Arrays.stream(summary.split("\n"))
        .filter(line -> line.contains(" -> "))
        .map(line -> nameOf(Path.of(line.substring(line.indexOf(" -> ") + 4).strip())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Copies the jars, and writes the list of the sinks.
  ///
  /// @param processor of the native library in one of them
  void copyTo(Path logShipper, Processor processor) throws IOException {
    for (Map.Entry<String, Path> jar : placed.entrySet()) {
      Path target = logShipper.resolve(jar.getKey());
      Files.createDirectories(target.getParent());
      if (SnappyJar.isOne(jar.getValue())) {
        SnappyJar.copy(jar.getValue(), processor, target);
      } else {
        Files.copy(jar.getValue(), target);
      }
    }
    ProviderList.of(placed.values()).writeTo(logShipper.resolve("lib"));
  }

  private static String nameOf(Path jar) {
    return String.valueOf(jar.getFileName());
  }
}
