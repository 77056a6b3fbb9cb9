package dev.logshipper.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.SourceJar;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A jar with a fault is left out and reported in one line with its name.
class PluginFaultsTest {
  private static final String NO_PROVIDER =
      "com.example.Acme is not a class of the folder's jars that implements SinkProvider and has a"
          + " public constructor without parameters";

  @TempDir Path folder;
  private Layers layers = new Layers(Path.of("set in prepare"));

  @BeforeEach
  void prepare() throws Exception {
    layers = Layers.withAGoodPlugin(folder.resolve("sinks"));
  }

  @ParameterizedTest
  @CsvSource({
    "static-throws, failed with java.lang.IllegalStateException",
    "static-deep, failed with java.lang.StackOverflowError",
    "static-error, failed with java.lang.OutOfMemoryError",
    "constructor-throws, failed with java.lang.IllegalStateException",
    "constructor-with-parameter, " + NO_PROVIDER,
    "no-provider, " + NO_PROVIDER,
    "mode-null, 'its mode is null; expected acme, the name of its folder'",
    "mode-blank, 'its mode is  ; expected acme, the name of its folder'",
    "mode-upper-case, 'its mode is ACME; expected acme, the name of its folder'",
    "mode-good, 'its mode is good; expected acme, the name of its folder'",
    "mode-http, 'its mode is http; expected acme, the name of its folder'",
    "mode-throws, failed with java.lang.UnsupportedOperationException",
    "mode-undeclared, failed with java.lang.Exception",
    "settings-null, failed with java.lang.NullPointerException",
    "settings-of-null, failed with java.lang.NullPointerException",
    "setting-without-name, failed with java.lang.NullPointerException",
    "setting-without-parser, failed with java.lang.NullPointerException",
    "settings-throw, failed with java.lang.AssertionError",
    "uses-core, failed to link (java.lang.NoClassDefFoundError: dev/logshipper/pipeline/Pipeline$Overflow)"
  })
  void codeThatFails(String plugin, String reason) throws Exception {
    put(SourceJar.plugin(plugin));
    layers.assertAcmeIsLeftOut(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "newer-interface, newer-interface-spi,"
        + " failed to link (java.lang.NoClassDefFoundError: dev/logshipper/sink/Newer)",
    "without-version, spi-without-version, failed to link (java.lang.AbstractMethodError: ",
    "extends-the-spi, spi-of-classes, failed to link (java.lang.IncompatibleClassChangeError: ",
  })
  void codeBuiltAgainstAnotherSpi(String plugin, String spi, String reason) throws Exception {
    put(new SourceJar().sources(plugin).against(spi).offering("com.example.Acme"));
    layers.assertAcmeIsLeftOut(reason);
  }

  static Stream<Arguments> badlyBuilt() {
    return Stream.of(
        Arguments.of(
            SourceJar.plugin("acme").classFileVersion(99),
            "failed to link (java.lang.UnsupportedClassVersionError: com/example/Acme has been"
                + " compiled by a more recent version of the Java Runtime (class file version 99.0)"),
        Arguments.of(
            SourceJar.plugin("newer-settings").against("newer-spi"),
            "failed to link (java.lang.NoSuchMethodError: 'java.lang.String"
                + " dev.logshipper.sink.Level.label()'); expected it in the folder's jars, version"
                + " 1 of the SPI, or the JDK"),
        Arguments.of(
            SourceJar.plugin("needs-a-library").against("library"),
            "failed to link (java.lang.NoClassDefFoundError: com/library/Word); expected it in the"
                + " folder's jars"),
        Arguments.of(
            new SourceJar().offering("com.example.Absent"),
            "com.example.Absent is not a class of the folder's jars that implements SinkProvider and"
                + " has a public constructor without parameters"),
        Arguments.of(
            new SourceJar().offering("{not a class name}"),
            "{not a class name} is not a class of the folder's jars"),
        Arguments.of(
            new SourceJar().offering("# nothing here"),
            "META-INF/services/dev.logshipper.sink.SinkProvider names 0 providers; expected one"),
        Arguments.of(
            new SourceJar().sources("no-provider"),
            "no jar of the folder offers a sink; expected"
                + " META-INF/services/dev.logshipper.sink.SinkProvider"));
  }

  @ParameterizedTest
  @MethodSource("badlyBuilt")
  void jarsThatAreBadlyBuilt(SourceJar jar, String reason) throws Exception {
    put(jar);
    layers.assertAcmeIsLeftOut(reason);
  }

  @Test
  void aJarWithADamagedClass() throws Exception {
    put(new SourceJar().entry("com/example/Acme.class", "rubbish").offering("com.example.Acme"));
    layers.assertAcmeIsLeftOut("failed to link (java.lang.ClassFormatError: ");
  }

  @Test
  void aFileWithAThousandNames() throws Exception {
    String name = "com.example." + "x".repeat(2_000);
    List<String> names = Stream.iterate(0, n -> n + 1).limit(1_000).map(n -> name + n).toList();
    put(new SourceJar().offering(names.toArray(String[]::new)));

    layers.assertAcmeIsLeftOut("names 1000 providers; expected one");
  }

  @Test
  void noLineIsEndless() throws Exception {
    put(new SourceJar().offering("com.example." + "x".repeat(2_000)));
    assertThat(layers.load().failures()).allMatch(line -> line.length() < 1_000);
  }

  @Test
  void aProviderOfAnotherSpiVersion() throws Exception {
    put(SourceJar.plugin("acme").against("spi-version-7"));
    layers.assertAcmeIsLeftOut("built against version 7 of the SPI; expected version 1");
  }

  private Path put(SourceJar jar) throws Exception {
    return jar.writeTo(layers.path("acme/acme.jar"));
  }
}
