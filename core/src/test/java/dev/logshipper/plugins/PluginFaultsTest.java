package dev.logshipper.plugins;

import static dev.logshipper.plugins.Layers.acme;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.ProviderSource;
import dev.logshipper.testkit.ProviderSource.Part;
import dev.logshipper.testkit.SourceJar;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each fault costs the jar that has it, and is said in one line with the jar's name.
class PluginFaultsTest {
  private static final String NEWER_LEVEL =
      "public enum Level { OFF; public String label() { return \"\"; } }";

  @TempDir Path folder;
  private Layers layers = new Layers(Path.of("set in prepare"));

  @BeforeEach
  void prepare() throws Exception {
    layers = Layers.withAGoodOne(folder.resolve("sinks"));
  }

  static Stream<Arguments> badCode() {
    return Stream.of(
        Arguments.of(
            acme()
                .with(
                    Part.MEMBERS,
                    "static { if (true) throw new IllegalStateException(\"hunter2\"); }"),
            "Provider com.example.Acme could not be instantiated: a static initialiser fails with"
                + " java.lang.IllegalStateException"),
        Arguments.of(
            acme()
                .with(
                    Part.MEMBERS,
                    "static int deep(int n) { return deep(n + 1) + 1; } static { deep(0); }"),
            "Provider com.example.Acme could not be instantiated: it fails with"
                + " java.lang.StackOverflowError"),
        Arguments.of(
            acme()
                .with(
                    Part.MEMBERS, "static { if (true) throw new OutOfMemoryError(\"hunter2\"); }"),
            "Provider com.example.Acme could not be instantiated: it fails with"
                + " java.lang.OutOfMemoryError"),
        Arguments.of(
            acme()
                .with(
                    Part.MEMBERS,
                    "public Acme() { throw new IllegalStateException(\"hunter2\"); }"),
            "Provider com.example.Acme could not be instantiated: it fails with"
                + " java.lang.IllegalStateException"),
        Arguments.of(
            acme().with(Part.MEMBERS, "public Acme(int size) {}"),
            "com.example.Acme Unable to get public no-arg constructor: it fails with"
                + " java.lang.NoSuchMethodException"),
        Arguments.of(
            acme().with(Part.MODE, "return null;"),
            "it says that its mode is null; expected acme, its folder's name"),
        Arguments.of(
            acme().with(Part.MODE, "return \" \";"),
            "it says that its mode is  ; expected acme, its folder's name"),
        Arguments.of(
            acme().with(Part.MODE, "return \"ACME\";"),
            "it says that its mode is ACME; expected acme, its folder's name"),
        Arguments.of(
            acme().with(Part.MODE, "return \"good\";"),
            "it says that its mode is good; expected acme, its folder's name"),
        Arguments.of(
            acme().with(Part.MODE, "return \"http\";"),
            "it says that its mode is http; expected acme, its folder's name"),
        Arguments.of(
            acme().with(Part.MODE, "throw new UnsupportedOperationException(\"hunter2\");"),
            "it fails with java.lang.UnsupportedOperationException"),
        Arguments.of(
            acme().with(Part.MODE, ProviderSource.THROW_UNDECLARED + "return null;"),
            "it fails with java.lang.Exception"),
        Arguments.of(
            acme().with(Part.SETTINGS, "return null;"),
            "it fails with java.lang.NullPointerException"),
        Arguments.of(
            acme().with(Part.SETTINGS, "return Collections.singletonList(null);"),
            "it fails with java.lang.NullPointerException"),
        Arguments.of(
            acme()
                .with(
                    Part.SETTINGS, "return List.of(Setting.optional(null, Parsers.text(), \"\"));"),
            "it fails with java.lang.NullPointerException"),
        Arguments.of(
            acme().with(Part.SETTINGS, "return List.of(Setting.optional(\"X\", null, \"\"));"),
            "it fails with java.lang.NullPointerException"),
        Arguments.of(
            acme().with(Part.SETTINGS, "throw new AssertionError(\"hunter2\");"),
            "it fails with java.lang.AssertionError"));
  }

  @ParameterizedTest
  @MethodSource("badCode")
  void codeThatFails(ProviderSource acme, String reason) throws Exception {
    put(new SourceJar().offering(acme));
    layers.assertAcmeIsLeftOut(reason);
  }

  static Stream<Arguments> badlyBuilt() {
    return Stream.of(
        Arguments.of(
            new SourceJar().offering(acme()).classFileVersion(99),
            "it is built for another Java; expected classes for Java "
                + Runtime.version().feature()
                + " or older"),
        Arguments.of(
            new SourceJar()
                .against("dev.logshipper.sink.Level", NEWER_LEVEL)
                .offering(acme().with(Part.SETTINGS, "Level.OFF.label(); return List.of();")),
            "it is built against another version of the SPI (java.lang.NoSuchMethodError: "
                + "'java.lang.String dev.logshipper.sink.Level.label()'); expected this layer's"),
        Arguments.of(
            new SourceJar()
                .against(
                    "dev.logshipper.sink.Newer", "public interface Newer extends SinkProvider {}")
                .source(
                    "com.example.Acme",
                    "public abstract class Acme implements dev.logshipper.sink.Newer {}")
                .offering("com.example.Acme"),
            "it is built against another version of the SPI (java.lang.NoClassDefFoundError: "
                + "dev/logshipper/sink/Newer)"),
        Arguments.of(
            new SourceJar()
                .against(
                    "dev.logshipper.sink.SinkProvider",
                    "public interface SinkProvider { String mode(); }")
                .source(
                    "com.example.Acme",
                    """
                    public class Acme implements dev.logshipper.sink.SinkProvider {
                      public String mode() { return "acme"; }
                    }
                    """)
                .offering("com.example.Acme"),
            "it is built against another version of the SPI or of a library"
                + " (java.lang.AbstractMethodError: "),
        Arguments.of(
            new SourceJar()
                .against(
                    "dev.logshipper.sink.SinkProvider", "public abstract class SinkProvider {}")
                .source(
                    "com.example.Acme",
                    "public class Acme extends dev.logshipper.sink.SinkProvider {}")
                .offering("com.example.Acme"),
            "it is built against another version of the SPI"
                + " (java.lang.IncompatibleClassChangeError: "),
        Arguments.of(
            new SourceJar()
                .offering(
                    acme()
                        .with(
                            Part.MEMBERS,
                            "static final Object LANE = dev.logshipper.pipeline.Overflow.DROP_OLDEST;")),
            "it is built against another version of the SPI (java.lang.NoClassDefFoundError: "
                + "dev/logshipper/pipeline/Overflow)"),
        Arguments.of(
            new SourceJar()
                .against("com.library.Client", "public class Client {}")
                .offering(
                    acme().with(Part.MEMBERS, "final Object client = new com.library.Client();")),
            "a class is missing or damaged (java.lang.NoClassDefFoundError: com/library/Client); expected"
                + " it in the folder's jars or the JDK"),
        Arguments.of(
            new SourceJar().offering("com.example.Absent"),
            "Provider com.example.Absent not found; expected a class of the folder's jars that"
                + " implements SinkProvider"),
        Arguments.of(
            new SourceJar()
                .source("com.example.Acme", "public class Acme {}")
                .offering("com.example.Acme"),
            "com.example.Acme not a subtype; expected a class of the folder's jars"),
        Arguments.of(new SourceJar().offering("{not a class name}"), "Illegal"),
        Arguments.of(
            new SourceJar().offering("# nothing here"),
            "META-INF/services/dev.logshipper.sink.SinkProvider names no class"),
        Arguments.of(
            new SourceJar().source("com.example.Acme", "public class Acme {}"),
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
    layers.assertAcmeIsLeftOut("a class is missing or damaged (java.lang.ClassFormatError: ");
  }

  @Test
  void aFileWithAThousandBadNamesIsGivenUpAndNoLineIsEndless() throws Exception {
    String name = "com.example." + "x".repeat(2_000);
    List<String> names = Stream.iterate(0, n -> n + 1).limit(1_000).map(n -> name + n).toList();
    put(new SourceJar().offering(names.toArray(String[]::new)));

    assertThat(layers.load().failures())
        .hasSizeLessThan(100)
        .allMatch(line -> line.length() < 1_000);
  }

  private Path put(SourceJar jar) throws Exception {
    return jar.writeTo(layers.path("acme/acme.jar"));
  }
}
