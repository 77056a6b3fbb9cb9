package dev.logshipper.plugins;

import static dev.logshipper.plugins.Layers.acme;
import static dev.logshipper.plugins.Layers.modes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.UnknownVariables;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.testkit.ProviderSource;
import dev.logshipper.testkit.ProviderSource.Part;
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
    new SourceJar().offering(acme()).writeTo(layers.path("acme/any name.jar"));
    new SourceJar()
        .offering(new ProviderSource("com.example.Zeta", "zeta-2"))
        .writeTo(layers.path("zeta-2/sink.jar"));

    assertThat(modes(layers.load())).containsExactly("acme", "zeta-2");
    assertThat(layers.load().failures()).isEmpty();
  }

  @Test
  void theOtherJarsOfAFolderAreLibraries() throws Exception {
    SourceJar library =
        new SourceJar()
            .source(
                "com.library.Word",
                "public class Word { public String toString() { return \"acme\"; } }");
    library.writeTo(layers.path("acme/library.jar"));
    new SourceJar()
        .against("com.library.Word", "public class Word {}")
        .offering(acme().with(Part.MODE, "return new com.library.Word().toString();"))
        .writeTo(layers.path("acme/acme.jar"));

    assertThat(modes(layers.load())).containsExactly("acme");
    assertThat(layers.load().failures()).isEmpty();
  }

  @Test
  void jarsOnTheClassPathAreNotPluginsAndOthersInTheirFolderAre() throws Exception {
    Path bundled = new SourceJar().offering(acme()).writeTo(layers.path("acme/bundled.jar"));
    new SourceJar()
        .offering(new ProviderSource("com.example.Other", "acme"))
        .writeTo(layers.path("acme/plugin.jar"));

    PluginDirectory plugins = layers.load("/opt/core.jar" + File.pathSeparator + bundled);

    assertThat(plugins.failures()).isEmpty();
    assertThat(((PluginProvider) plugins.providers().getFirst()).jarName())
        .isEqualTo("sinks/acme/plugin.jar");
  }

  @Test
  void aBundledSinkKeepsItsModeAndThePluginsCodeDoesNotRun() throws Exception {
    System.clearProperty("acme.ran");
    new SourceJar()
        .offering(
            new ProviderSource("com.example.Usurper", Layers.BUNDLED)
                .with(Part.MEMBERS, "static { System.setProperty(\"acme.ran\", \"yes\"); }"))
        .writeTo(layers.path("http/x.jar"));

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
    new SourceJar().offering(acme()).writeTo(layers.path("acme/a.jar"));
    new SourceJar()
        .offering(new ProviderSource("com.example.Twin", "acme"))
        .writeTo(layers.path("acme/b.jar"));

    PluginDirectory plugins = layers.load();

    assertThat(modes(plugins)).containsExactly("acme");
    assertThat(plugins.failures())
        .containsExactly(
            "sinks/acme/b.jar (mode acme) left out: sinks/acme/a.jar offers that mode already");
  }

  @Test
  void otherFilesAreIgnored() throws Exception {
    new SourceJar().offering(acme()).writeTo(layers.path("acme/acme.jar"));
    Files.writeString(layers.path("acme/README.md"), "read me");
    Files.writeString(layers.path("acme/._acme.jar"), "added by macOS");
    Files.writeString(layers.path("README.md"), "read me");
    Files.createDirectories(layers.path("empty/below/it"));

    assertThat(modes(layers.load())).containsExactly("acme");
    assertThat(layers.load().failures()).isEmpty();
  }

  @Test
  void settingsOfPluginsAreCheckedLikeThoseOfBundledSinks() throws Exception {
    SinkProvider provider =
        layers.loadAcme(
            acme()
                .with(
                    Part.MEMBERS,
                    """
                    static final Setting<Integer> SIZE =
                        Setting.withDefault("PUSHER_ACME_SIZE", Parsers.wholeNumber(1, 9), 5, "A size.");
                    static final Setting<String> TOKEN =
                        Setting.required("PUSHER_ACME_TOKEN", Parser.of("no blanks",
                            text -> text.indexOf(' ') < 0 ? text : null), "A token.").secret();
                    """)
                .with(Part.SETTINGS, "return new ArrayList<>(List.of(SIZE, TOKEN));"));
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
    SinkProvider provider =
        layers.loadAcme(
            acme()
                .with(
                    Part.SETTINGS,
                    "return List.of(Setting.optional(\"PUSHER_ACME_X\", Parsers.text(), \"X.\"));"));

    assertThat(Layers.settings(provider, Map.of()).only(provider.settings())).isNotNull();
  }
}
