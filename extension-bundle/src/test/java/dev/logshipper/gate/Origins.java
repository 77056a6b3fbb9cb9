package dev.logshipper.gate;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Maps classes to the library or the module of the JDK that they belong to. Immutable.
final class Origins {
  private static final String CLASS_FILE = ".class";
  private static final Pattern VERSION = Pattern.compile("-\\d.*");

  private final Map<String, String> jars;
  private final Map<String, String> modules;

  private Origins(Map<String, String> jars, Map<String, String> modules) {
    this.jars = jars;
    this.modules = modules;
  }

  /// @param folder of the jars, one per library; the JDK is the one that runs this
  static Origins in(Path folder) throws IOException {
    Map<String, String> jars = new HashMap<>();
    for (Path jar : jarsIn(folder)) {
      String library = VERSION.matcher(jar.getFileName().toString()).replaceFirst("");
      try (JarFile file = new JarFile(jar.toFile())) {
        file.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.endsWith(CLASS_FILE))
            .forEach(name -> jars.put(className(name), library));
      }
    }
    Map<String, String> modules = new HashMap<>();
    ModuleFinder.ofSystem()
        .findAll()
        .forEach(module ->
            module
                .descriptor()
                .packages()
                .forEach(name -> modules.put(name, module.descriptor().name())));
    return new Origins(jars, modules);
  }

  /// Whether it is a class of the JDK.
  boolean isOfJdk(String className) {
    return !jars.containsKey(className);
  }

  /// The name of its jar without the version, or of its module.
  String of(String className) {
    String module = modules.getOrDefault(packageOf(className), "unknown");
    return jars.getOrDefault(className, module);
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private static String className(String entry) {
    return entry.substring(0, entry.length() - CLASS_FILE.length()).replace('/', '.');
  }

  private static String packageOf(String className) {
    return className.substring(0, Math.max(0, className.lastIndexOf('.')));
  }
}
