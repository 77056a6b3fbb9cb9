package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The runtime from another image. The image of these tests is this JDK under another name, so that
/// the runtime must be the one that jlink makes of this JDK.
class JavaImageTest {
  private static final TreeSet<String> MODULES = new TreeSet<>(Set.of("java.base", "java.logging"));

  @TempDir Path folder;

  @Test
  void runtimeOfAnImageEqualsThatOfTheJdk() throws Exception {
    Path direct = folder.resolve("direct/runtime");
    Path exchanged = folder.resolve("exchanged/runtime");

    RuntimeImage.link(MODULES, JavaImage.ofThisJvm(), direct);
    RuntimeImage.link(MODULES, otherImage(), exchanged);

    assertThat(differences(files(exchanged), files(direct))).isEmpty();
    assertThat(differences(classes(exchanged), classes(direct)))
        .as("only the hashes of modules are missing")
        .allMatch(
            line -> line.contains("/java.base/module-info.") || line.contains("/SystemModules$"));
    assertThat(exchanged.resolve("release")).hasSameTextualContentAs(direct.resolve("release"));
    assertThat(exchanged.getParent()).isDirectoryNotContaining(path -> !path.endsWith("runtime"));
  }

  @Test
  void imageHasTheProcessorAndTheReleaseOfItsJava() throws Exception {
    JavaImage image = otherImage();

    assertThat(image.processor()).isEqualTo(Processor.ofThisMachine());
    assertThat(image.release()).isEqualTo(JavaImage.ofThisJvm().release());
    assertThat(image.isThisJvm()).isFalse();
    assertThat(image.isForThisMachine()).isTrue();
  }

  @Test
  void folderWithoutJavaIsRejected() {
    assertThatThrownBy(() -> JavaImage.at(folder))
        .hasMessage(folder + " has no bin/java: expected the home of a Java image");
  }

  @Test
  void programThatIsNoJavaIsRejected() throws Exception {
    Path java = copyOf(Path.of("/bin/true"));

    assertThatThrownBy(() -> JavaImage.at(folder))
        .hasMessage(folder + " is Java unknown: expected Java 25");
    Files.delete(java);
  }

  @Test
  void programThatDoesNotRunIsReported() throws Exception {
    byte[] program = Files.readAllBytes(Path.of("src/main/launcher/x86_64/log-shipper"));
    program[4] = 0; // neither 32 nor 64 bits
    Path java = copyOf(Files.write(folder.resolve("broken"), program));

    assertThatThrownBy(() -> JavaImage.at(folder))
        .hasMessageStartingWith(java + " does not run here: ");
  }

  @Test
  void missingModuleIsNamed() throws Exception {
    JavaImage image = otherImage();

    assertThatThrownBy(
            () -> image.extractClasses(new TreeSet<>(Set.of("java.none")), folder.resolve("out")))
        .hasMessage(image.home() + " has no module java.none");
  }

  @Test
  void missingFileIsNamed() throws Exception {
    Path runtime = Files.createDirectory(folder.resolve("runtime"));
    Files.createFile(runtime.resolve("libnone.so"));
    JavaImage image = otherImage();

    assertThatThrownBy(() -> image.replaceFiles(runtime, Set.of()))
        .hasMessage(image.home().resolve("libnone.so") + " is missing");
  }

  @Test
  void licencesAreThoseOfTheImage() throws Exception {
    Path runtime = Files.createDirectory(folder.resolve("runtime"));
    Path licences = Files.createDirectories(runtime.resolve("legal/java.base"));
    Files.writeString(licences.resolve("LICENSE"), "of another JDK");
    Files.createFile(licences.resolve("gcc-of-another-processor.md"));
    JavaImage image = otherImage();

    image.replaceFiles(runtime, Set.of());

    assertThat(runtime.resolve("legal")).isDirectoryNotContaining(path -> !path.equals(licences));
    assertThat(names(licences)).isEqualTo(names(image.home().resolve("legal/java.base")));
    assertThat(licences.resolve("LICENSE"))
        .hasSameBinaryContentAs(image.home().resolve("legal/java.base/LICENSE"));
  }

  private static List<String> names(Path folder) throws IOException {
    return new FileTree(folder)
        .sorted().stream().skip(1).map(path -> path.getFileName().toString()).toList();
  }

  private JavaImage otherImage() throws IOException, InterruptedException {
    Path link = folder.resolve("jdk");
    Files.createSymbolicLink(link, Path.of(System.getProperty("java.home")));
    return JavaImage.at(link);
  }

  private Path copyOf(Path program) throws IOException {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.copy(program, java);
    return Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<String> differences(Map<String, String> ones, Map<String, String> others) {
    Set<String> names = new TreeSet<>(ones.keySet());
    names.addAll(others.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(ones.get(name), others.get(name)))
        .map(name -> name + ": " + ones.get(name) + " and " + others.get(name))
        .toList();
  }

  /// The files with their permissions and sizes, links with their targets.
  private static Map<String, String> files(Path runtime) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (Path file : new FileTree(runtime).sorted()) {
      if (Files.isSymbolicLink(file)) {
        files.put(
            file.toString().substring(runtime.toString().length()),
            Files.readSymbolicLink(file).toString());
      } else if (Files.isRegularFile(file)) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        long bytes = file.endsWith("modules") ? 0 : Files.size(file);
        files.put(file.toString().substring(runtime.toString().length()), mode + " " + bytes);
      }
    }
    return files;
  }

  /// The entries of `lib/modules` with their sizes, except of the classes of method handles, some
  /// of which jlink makes in an order of its own.
  private static Map<String, String> classes(Path runtime) throws IOException {
    Map<String, String> classes = new TreeMap<>();
    Path reader = Path.of(System.getProperty("java.home"), "lib/jrt-fs.jar");
    Files.copy(reader, runtime.resolve("lib/jrt-fs.jar"));
    try (FileSystem image =
        FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", runtime.toString()))) {
      for (Path file : new FileTree(image.getPath("modules")).sorted()) {
        if (Files.isRegularFile(file)) {
          boolean isMadeEachTime = file.toString().contains("/java/lang/invoke/");
          classes.put(file.toString(), isMadeEachTime ? "" : Files.size(file) + " bytes");
        }
      }
    }
    return classes;
  }
}
