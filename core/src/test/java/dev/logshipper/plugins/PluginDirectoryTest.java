package dev.logshipper.plugins;

import static dev.logshipper.plugins.Layers.modes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.UnknownVariables;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.testkit.SourceJar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jars that are loaded, and the modes that they get.
class PluginDirectoryTest {
  @TempDir Path folder;
  private Layers layers = new Layers(Path.of("set in prepare"));

  @BeforeEach
  void prepare() {
    layers = new Layers(folder.resolve("si nks/of ü plugins"));
  }

  @Test
  void withoutAFolderNothingIsFound() {
    PluginDirectory none = new PluginDirectory(List.of(), List.of());
    assertThat(layers.load()).isEqualTo(none);
    assertThat(PluginDirectory.in(new File(""), "", java.util.Set.of())).isEqualTo(none);
  }

  @Test
  void aPluginIsFoundUnderTheNameOfItsFolder() throws Exception {
    SourceJar.plugin("acme").writeTo(layers.path("acme/any name.jar"));
    SourceJar.plugin("zeta").writeTo(layers.path("zeta-2/sink.jar"));

    assertThat(modes(layers.load())).containsExactly("acme", "zeta-2");
    assertThat(layers.load().failures()).isEmpty();
  }

  @Test
  void theOtherJarsOfAFolderAreLibraries() throws Exception {
    new SourceJar().sources("library").writeTo(layers.path("acme/library.jar"));
    SourceJar.plugin("needs-a-library").against("library").writeTo(layers.path("acme/acme.jar"));

    assertThat(modes(layers.load())).containsExactly("acme");
    assertThat(layers.load().failures()).isEmpty();
  }

  @Test
  void jarsOnTheClassPathAreNotPluginsAndOthersInTheirFolderAre() throws Exception {
    Path bundled = SourceJar.plugin("acme").writeTo(layers.path("acme/bundled.jar"));
    SourceJar.plugin("plain-acme").writeTo(layers.path("acme/plugin.jar"));

    PluginDirectory plugins = layers.load("/opt/core.jar" + File.pathSeparator + bundled);

    assertThat(plugins.failures()).isEmpty();
    assertThat(((PluginProvider) plugins.providers().getFirst()).jarName)
        .isEqualTo("sinks/acme/plugin.jar");
  }

  @Test
  void aBundledSinkKeepsItsModeAndThePluginsCodeDoesNotRun() throws Exception {
    System.clearProperty("acme.ran");
    SourceJar.plugin("static-notes").writeTo(layers.path(Layers.BUNDLED + "/x.jar"));

    assertThat(layers.load())
        .isEqualTo(
            new PluginDirectory(
                List.of(),
                List.of(
                    "sinks/http/x.jar (mode http) left out: the layer has a sink of that mode;"
                        + " expected a folder with another name")));
    assertThat(System.getProperty("acme.ran")).isNull();
  }

  @Test
  void theFirstJarOfAFolderThatOffersItsModeWins() throws Exception {
    SourceJar.plugin("acme").writeTo(layers.path("acme/a.jar"));
    SourceJar.plugin("plain-acme").writeTo(layers.path("acme/b.jar"));

    PluginDirectory plugins = layers.load();

    assertThat(modes(plugins)).containsExactly("acme");
    assertThat(plugins.failures())
        .containsExactly(
            "sinks/acme/b.jar (mode acme) left out: sinks/acme/a.jar offers that mode already");
  }

  @Test
  void otherFilesAreIgnored() throws Exception {
    SourceJar.plugin("acme").writeTo(layers.path("acme/acme.jar"));
    Files.writeString(layers.path("acme/README.md"), "read me");
    Files.writeString(layers.path("acme/._acme.jar"), "added by macOS");
    Files.writeString(layers.path("README.md"), "read me");
    Files.createDirectories(layers.path("empty/below/it"));

    assertThat(modes(layers.load())).containsExactly("acme");
    assertThat(layers.load().failures()).isEmpty();
  }

  @Test
  void settingsOfPluginsAreCheckedLikeThoseOfBundledSinks() throws Exception {
    SinkProvider provider = layers.loadAcme(SourceJar.plugin("settings"));
    Map<String, String> environment =
        Map.of(
            "PUSHER_ACME_SIZE", "many", "PUSHER_ACME_TOKEN", "hunter 2", "PUSHER_ACME_TOKNE", "x");

    assertThat(Layers.settings(provider, environment).problems())
        .extracting(problem -> problem.message())
        .containsExactly(
            "PUSHER_ACME_SIZE=many: expected a whole number from 1 to 9; 5 is used",
            "PUSHER_ACME_TOKEN=***: expected no blanks; its sink is off and records for it are"
                + " dropped");
    assertThat(UnknownVariables.in(environment, provider.settings()))
        .singleElement()
        .extracting(problem -> problem.message())
        .isEqualTo(
            "PUSHER_ACME_TOKNE is not a known variable: did you mean PUSHER_ACME_TOKEN? It is"
                + " ignored");
  }

  @Test
  void settingsCreatedAtEachCallKeepTheirIdentity() throws Exception {
    SinkProvider provider = layers.loadAcme(SourceJar.plugin("settings-each-call"));

    assertThat(Layers.settings(provider, Map.of()).only(provider.settings())).isNotNull();
  }
}
