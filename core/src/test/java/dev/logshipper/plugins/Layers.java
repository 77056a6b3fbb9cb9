package dev.logshipper.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.SourceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A `sinks` folder with the plugins of some layers.
///
/// @param sinks the folder
record Layers(Path sinks) {
  /// The mode of a bundled sink.
  static final String BUNDLED = "http";

  /// With one plugin without faults, of the mode `good`.
  static Layers withAGoodPlugin(Path sinks) throws IOException {
    SourceJar.plugin("plain-acme").writeTo(sinks.resolve("good/good.jar"));
    return new Layers(sinks);
  }

  /// The good plugin is loaded, and one line reports `sinks/acme/acme.jar`.
  void assertAcmeIsLeftOut(String reason) {
    PluginDirectory plugins = load();
    assertThat(modes(plugins)).containsExactly("good");
    assertThat(plugins.failures())
        .singleElement()
        .asString()
        .startsWith("sinks/acme/acme.jar (mode acme) left out: ")
        .contains(reason)
        .doesNotContain("hunter2");
  }

  PluginDirectory load() {
    return load("");
  }

  PluginDirectory load(String classPath) {
    return PluginDirectory.in(sinks.toFile(), classPath, Set.of(BUNDLED));
  }

  /// Adds only `sinks/acme/acme.jar` and loads it.
  SinkProvider loadAcme(SourceJar jar) throws IOException {
    jar.writeTo(sinks.resolve("acme/acme.jar"));
    PluginDirectory plugins = load();
    if (!plugins.failures().isEmpty()) {
      throw new AssertionError(plugins.failures());
    }
    return plugins.providers().getFirst();
  }

  /// The path of a file, whose folder is created.
  Path path(String relative) throws IOException {
    Path file = sinks.resolve(relative);
    Files.createDirectories(file.getParent());
    return file;
  }

  static Settings settings(SinkProvider provider, Map<String, String> environment) {
    return Settings.of(environment, provider.settings());
  }

  static Sink open(SinkProvider provider, CapturedOutput said) {
    return provider.open(
        new SinkContext(
            settings(provider, Map.of()),
            () -> new FunctionIdentity("hello", "1", "eu-west-1", 128, null, null),
            said.diagnostics()));
  }

  static List<String> modes(PluginDirectory plugins) {
    return plugins.providers().stream().map(SinkProvider::mode).toList();
  }
}
