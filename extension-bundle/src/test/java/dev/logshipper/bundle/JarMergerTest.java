package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarMergerTest {
  private static final FileTime DATE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path folder;
  private Path from = Path.of("set in prepare");
  private Path to = Path.of("set in prepare");

  @BeforeEach
  void prepare() {
    from = folder.resolve("from");
    to = folder.resolve("to");
  }

  @Test
  void firstJarOfEachFolderHasTheEntriesOfAll() throws Exception {
    jar("lib/core.jar", "core/A.class", "a");
    jar("sinks/x/sink.jar", "sink/B.class", "b");
    jar("sinks/x/library.jar", "library/C.class", "c", "library/data.txt", "data");

    List<String> merged = merge("lib/core.jar", "sinks/x/sink.jar", "sinks/x/library.jar");

    assertThat(merged).containsExactly("lib/core.jar", "sinks/x/sink.jar");
    assertThat(entries("lib/core.jar")).containsExactly("core/A.class=a");
    assertThat(entries("sinks/x/sink.jar"))
        .containsExactly("sink/B.class=b", "library/C.class=c", "library/data.txt=data");
    assertThat(to.resolve("sinks/x/library.jar")).doesNotExist();
  }

  @Test
  void manifestIsThatOfTheFirst() throws Exception {
    jar("x/first.jar", "META-INF/MANIFEST.MF", "first");
    jar("x/second.jar", "META-INF/MANIFEST.MF", "second");

    merge("x/first.jar", "x/second.jar");

    assertThat(entries("x/first.jar")).containsExactly("META-INF/MANIFEST.MF=first");
  }

  @Test
  void licencesAreKeptOnceEach() throws Exception {
    jar("x/first.jar", "META-INF/LICENSE.txt", "apache", "META-INF/NOTICE.txt", "first");
    jar("x/second-2.1.jar", "META-INF/LICENSE.txt", "apache", "META-INF/NOTICE.txt", "second");

    merge("x/first.jar", "x/second-2.1.jar");

    assertThat(entries("x/first.jar"))
        .containsExactly(
            "META-INF/LICENSE.txt=apache",
            "META-INF/NOTICE.txt=first",
            "META-INF/second-2.1/NOTICE.txt=second");
  }

  @Test
  void providersOfAServiceAreJoined() throws Exception {
    jar("x/first.jar", "META-INF/services/a.Service", "a.First");
    jar("x/second.jar", "META-INF/services/a.Service", "a.Second");

    merge("x/first.jar", "x/second.jar");

    assertThat(entries("x/first.jar"))
        .containsExactly("META-INF/services/a.Service=a.First\na.Second");
  }

  @Test
  void filesForBuildToolsAreOmitted() throws Exception {
    jar(
        "x/first.jar",
        "META-INF/maven/g/a/pom.xml",
        "",
        "META-INF/maven/g/a/pom.properties",
        "version=1",
        "META-INF/okio.kotlin_module",
        "",
        "META-INF/native-image/g/a/reflect-config.json",
        "");

    merge("x/first.jar");

    assertThat(entries("x/first.jar"))
        .containsExactly("META-INF/maven/g/a/pom.properties=version=1");
  }

  @Test
  void differentFilesOfOneNameAreAnError() throws Exception {
    jar("x/first.jar", "a/A.class", "one");
    jar("x/second.jar", "a/A.class", "another");

    assertThatThrownBy(() -> merge("x/first.jar", "x/second.jar"))
        .hasMessage("a/A.class is in second and in another jar");
  }

  @Test
  void entriesAreNotCompressedAndHaveTheDate() throws Exception {
    jar("x/first.jar", "a/A.class", "a");

    merge("x/first.jar");

    try (ZipFile zip = new ZipFile(to.resolve("x/first.jar").toFile())) {
      ZipEntry entry = zip.getEntry("a/A.class");
      assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
      assertThat(entry.getTime()).isEqualTo(DATE.toMillis());
    }
  }

  private List<String> merge(String... jars) throws IOException {
    return new JarMerger(DATE).merge(from, List.of(jars), to);
  }

  /// A jar in both folders, compressed, with pairs of names and contents.
  private void jar(String path, String... entries) throws IOException {
    Path jar = from.resolve(path);
    Files.createDirectories(jar.getParent());
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (int i = 0; i < entries.length; i += 2) {
        out.putNextEntry(new ZipEntry(entries[i]));
        out.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    Path copy = to.resolve(path);
    Files.createDirectories(copy.getParent());
    Files.copy(jar, copy);
  }

  private List<String> entries(String path) throws IOException {
    try (ZipFile zip = new ZipFile(to.resolve(path).toFile())) {
      return Collections.list(zip.entries()).stream()
          .map(entry -> entry.getName() + "=" + text(zip, entry))
          .toList();
    }
  }

  private static String text(ZipFile zip, ZipEntry entry) {
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
