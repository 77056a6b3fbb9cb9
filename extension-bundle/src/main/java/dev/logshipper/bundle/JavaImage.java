package dev.logshipper.bundle;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.ModuleHashesAttribute;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;

/// A Java 25 of any processor whose parts become those of the layer's runtime: a JDK, or a JRE with
/// the modules of `java.se`. It need not contain jlink or `jmods`.
///
/// @param home its folder, `java.home`
/// @param processor for which it is compiled
/// @param release that it is
record JavaImage(Path home, Processor processor, JavaRelease release) {
  private static final String LICENCES = "legal/";
  private static final String SPECIES = "BoundMethodHandle$Species_";
  private static final String VERSION = "java.specification.version";

  /// The image in a folder. Its `java` runs once, so that another processor must be emulated.
  ///
  /// @throws IllegalStateException if that is no image of this Java version, or cannot run here
  static JavaImage at(Path home) throws IOException, InterruptedException {
    Path java = home.resolve("bin/java");
    if (!Files.isExecutable(java)) {
      throw new IllegalStateException(home + " has no bin/java: expected the home of a Java image");
    }
    Processor processor = Processor.of(java);
    Properties properties = propertiesOf(java);
    String version = properties.getProperty(VERSION, "unknown");
    String expected = System.getProperty(VERSION);
    if (!version.equals(expected)) {
      throw new IllegalStateException(
          "%s is Java %s: expected Java %s".formatted(home, version, expected));
    }
    return new JavaImage(home, processor, JavaRelease.of(properties));
  }

  /// The JDK that runs this program.
  static JavaImage ofThisJvm() {
    return new JavaImage(
        Path.of(System.getProperty("java.home")),
        Processor.ofThisMachine(),
        JavaRelease.of(System.getProperties()));
  }

  boolean isThisJvm() {
    return equals(ofThisJvm());
  }

  /// Whether its programs run here without emulation.
  boolean isForThisMachine() {
    return processor == Processor.ofThisMachine();
  }

  private static Properties propertiesOf(Path java) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(java.toString(), "-XshowSettings:properties", "-version");
    Process process;
    try {
      process = command.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IllegalStateException(java + " does not run here: " + e.getMessage(), e);
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(java + " does not run here: " + output.strip());
    }
    Properties properties = new Properties();
    for (String line : output.lines().toList()) {
      int separator = line.indexOf(" = ");
      if (separator > 0) {
        properties.setProperty(line.substring(0, separator).strip(), line.substring(separator + 3));
      }
    }
    return properties;
  }

  /// Writes the classes of some modules as folders that jlink accepts, without the hashes by which
  /// `java.base` recognizes the other modules' files, and without the classes that jlink makes.
  void extractClasses(SortedSet<String> modules, Path target) throws IOException {
    try (FileSystem runtime =
        FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()))) {
      for (String module : modules) {
        Path root = runtime.getPath("modules", module);
        if (!Files.exists(root)) {
          throw new IllegalStateException(home + " has no module " + module);
        }
        for (Path source : files(root)) {
          Path copy = target.resolve(module).resolve(root.relativize(source).toString());
          Files.createDirectories(copy.getParent());
          Files.write(copy, content(source));
        }
      }
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).filter(file -> !isMadeByJlink(file)).toList();
    }
  }

  private static boolean isMadeByJlink(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith("SystemModules$")
        || (name.startsWith(SPECIES) && !name.equals(SPECIES + "L.class"));
  }

  private static byte[] content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!file.endsWith("module-info.class")) {
      return bytes;
    }
    ClassFile format = ClassFile.of();
    return format.transformClass(
        format.parse(bytes),
        ClassTransform.dropping(element -> element instanceof ModuleHashesAttribute));
  }

  /// Replaces the files of a linked runtime, except links, with those of this image, and the
  /// licences in `legal/` with those of this image's parts.
  ///
  /// @param kept paths in the runtime
  void replaceFiles(Path runtime, Set<String> kept) throws IOException {
    for (Path file : new FileTree(runtime).sorted()) {
      String path = runtime.relativize(file).toString();
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || kept.contains(path)) {
        continue;
      }
      Path own = home.resolve(path);
      if (Files.exists(own)) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        Files.copy(own, file, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(file, permissions);
      } else if (path.startsWith(LICENCES)) {
        Files.delete(file);
      } else {
        throw new IllegalStateException(own + " is missing");
      }
    }
    addLicences(runtime);
  }

  private void addLicences(Path runtime) throws IOException {
    for (Path own : files(home.resolve(LICENCES))) {
      Path file = runtime.resolve(home.relativize(own).toString());
      Path folder = file.getParent();
      if (folder != null && Files.isDirectory(folder) && !Files.exists(file)) {
        Files.copy(own, file);
      }
    }
  }
}
