package dev.logshipper.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.testkit.ProviderSource;
import dev.logshipper.testkit.Said;
import dev.logshipper.testkit.SourceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A folder with what layers have put there.
///
/// @param sinks the folder
record Layers(Path sinks) {
  /// The mode that a bundled sink has.
  static final String BUNDLED = "http";

  /// With one stranger in it that is well, of the mode `good`.
  static Layers withAGoodOne(Path sinks) throws IOException {
    new SourceJar()
        .offering(new ProviderSource("com.example.Good", "good"))
        .writeTo(sinks.resolve("good/good.jar"));
    return new Layers(sinks);
  }

  /// The good one is there, and one line says what is wrong with `sinks/acme/acme.jar`.
  void assertAcmeIsLeftOut(String reason) {
    PluginDirectory strangers = load();
    assertThat(modes(strangers)).containsExactly("good");
    assertThat(strangers.failures())
        .singleElement()
        .asString()
        .startsWith("sinks/acme/acme.jar (mode acme) left out: ")
        .contains(reason)
        .doesNotContain("hunter2");
  }

  /// A provider of the mode `acme`, in `com.example`.
  static ProviderSource acme() {
    return new ProviderSource("com.example.Acme", "acme");
  }

  PluginDirectory load() {
    return load("");
  }

  PluginDirectory load(String classPath) {
    return PluginDirectory.in(sinks.toFile(), classPath, Set.of(BUNDLED));
  }

  /// Puts `acme` there, and no other, and loads it.
  SinkProvider loadAcme(ProviderSource acme) throws IOException {
    return loadAcme(new SourceJar().offering(acme));
  }

  SinkProvider loadAcme(SourceJar jar) throws IOException {
    jar.writeTo(sinks.resolve("acme/acme.jar"));
    PluginDirectory strangers = load();
    if (!strangers.failures().isEmpty()) {
      throw new AssertionError(strangers.failures());
    }
    return strangers.providers().getFirst();
  }

  /// Where a file is to go, its folder made.
  Path path(String place) throws IOException {
    Path file = sinks.resolve(place);
    Files.createDirectories(file.getParent());
    return file;
  }

  static Settings settings(SinkProvider provider, Map<String, String> environment) {
    return Settings.of(environment, provider.settings());
  }

  static Sink open(SinkProvider provider, Said said) {
    return provider.open(
        new SinkContext(
            settings(provider, Map.of()),
            () -> new FunctionIdentity("hello", "1", "eu-west-1", 128, null, null),
            said.diagnostics()));
  }

  static List<String> modes(PluginDirectory strangers) {
    return strangers.providers().stream().map(SinkProvider::mode).toList();
  }
}
