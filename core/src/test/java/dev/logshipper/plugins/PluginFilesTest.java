package dev.logshipper.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.logshipper.testkit.SourceJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are not jars, and misplaced jars.
class PluginFilesTest {
  private static final String NOT_A_JAR =
      "not a readable jar; expected an intact jar that any user may read";

  @TempDir Path folder;
  private Layers layers = new Layers(Path.of("set in prepare"));

  @BeforeEach
  void prepare() throws Exception {
    layers = Layers.withAGoodPlugin(folder.resolve("sinks"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no jar at all", "PK\3\4 but then nothing"})
  void filesThatAreNotJars(String content) throws Exception {
    Files.writeString(layers.path("acme/acme.jar"), content);
    layers.assertAcmeIsLeftOut(NOT_A_JAR);
  }

  @Test
  void aJarThatWasCutInHalf() throws Exception {
    Path jar = put(SourceJar.plugin("acme"));
    byte[] all = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(all, all.length / 2));
    layers.assertAcmeIsLeftOut(NOT_A_JAR);
  }

  @Test
  void aFolderInsteadOfAJar() throws Exception {
    Files.createDirectories(layers.path("acme/acme.jar"));
    layers.assertAcmeIsLeftOut(NOT_A_JAR);
  }

  @Test
  void aDanglingLink() throws Exception {
    Files.createSymbolicLink(layers.path("acme/acme.jar"), Path.of("nowhere"));
    layers.assertAcmeIsLeftOut(NOT_A_JAR);
  }

  @Test
  void aJarThatIsNotReadable() throws Exception {
    Path jar = put(SourceJar.plugin("acme"));
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(jar)).as("the superuser reads everything").isFalse();
    layers.assertAcmeIsLeftOut(NOT_A_JAR);
  }

  @Test
  void aJarOutsideOfAFolder() throws Exception {
    SourceJar.plugin("acme").writeTo(layers.path("acme.jar"));
    assertThat(layers.load().failures())
        .containsExactly("sinks/acme.jar left out: expected in a folder, sinks/<mode>/acme.jar");
  }

  @Test
  void aFolderWhoseNameIsNotAMode() throws Exception {
    SourceJar.plugin("acme").writeTo(layers.path("Acme_1/acme.jar"));
    assertThat(layers.load().failures())
        .containsExactly(
            "sinks/Acme_1/acme.jar (mode Acme_1) left out: the folder's name is not a mode; expected"
                + " lower-case letters, digits, dashes");
  }

  @Test
  void aBadJarNextToAGoodOneInTheSameFolder() throws Exception {
    Files.writeString(layers.path("good/bad.jar"), "no jar at all");
    new SourceJar().offering("com.example.Absent").writeTo(layers.path("good/absent.jar"));

    PluginDirectory plugins = layers.load();

    assertThat(Layers.modes(plugins)).containsExactly("good");
    assertThat(plugins.failures())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("sinks/good/bad.jar (mode good) left out: "))
        .anyMatch(line -> line.startsWith("sinks/good/absent.jar (mode good) left out: "));
  }

  private Path put(SourceJar jar) throws Exception {
    return jar.writeTo(layers.path("acme/acme.jar"));
  }
}
