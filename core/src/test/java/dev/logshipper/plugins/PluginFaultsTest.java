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

/// A jar with a fault is left out and reported in one line with its name.
class PluginFaultsTest {
  private static final String NEWER_LEVEL =
      "public enum Level { OFF; public String label() { return \"\"; } }";

  private static final String NO_PROVIDER =
      "com.example.Acme is not a class of the folder's jars that implements SinkProvider and has a"
          + " public constructor without parameters";

  @TempDir Path folder;
  private Layers layers = new Layers(Path.of("set in prepare"));

  @BeforeEach
  void prepare() throws Exception {
    layers = Layers.withAGoodPlugin(folder.resolve("sinks"));
  }

  static Stream<Arguments> badCode() {
    return Stream.of(
        Arguments.of(
            acme()
                .with(
                    Part.MEMBERS,
                    "static { if (true) throw new IllegalStateException(\"hunter2\"); }"),
            "a static initializer failed with java.lang.IllegalStateException"),
        Arguments.of(
            acme()
                .with(
                    Part.MEMBERS,
                    "static int deep(int n) { return deep(n + 1) + 1; } static { deep(0); }"),
            "failed with java.lang.StackOverflowError"),
        Arguments.of(
            acme()
                .with(
                    Part.MEMBERS, "static { if (true) throw new OutOfMemoryError(\"hunter2\"); }"),
            "failed with java.lang.OutOfMemoryError"),
        Arguments.of(
            acme()
                .with(
                    Part.MEMBERS,
                    "public Acme() { throw new IllegalStateException(\"hunter2\"); }"),
            "failed with java.lang.IllegalStateException"),
        Arguments.of(acme().with(Part.MEMBERS, "public Acme(int size) {}"), NO_PROVIDER),
        Arguments.of(
            acme().with(Part.MODE, "return null;"),
            "its mode is null; expected acme, the name of its folder"),
        Arguments.of(
            acme().with(Part.MODE, "return \" \";"),
            "its mode is  ; expected acme, the name of its folder"),
        Arguments.of(
            acme().with(Part.MODE, "return \"ACME\";"),
            "its mode is ACME; expected acme, the name of its folder"),
        Arguments.of(
            acme().with(Part.MODE, "return \"good\";"),
            "its mode is good; expected acme, the name of its folder"),
        Arguments.of(
            acme().with(Part.MODE, "return \"http\";"),
            "its mode is http; expected acme, the name of its folder"),
        Arguments.of(
            acme().with(Part.MODE, "throw new UnsupportedOperationException(\"hunter2\");"),
            "failed with java.lang.UnsupportedOperationException"),
        Arguments.of(
            acme().with(Part.MODE, ProviderSource.THROW_UNDECLARED + "return null;"),
            "failed with java.lang.Exception"),
        Arguments.of(
            acme().with(Part.SETTINGS, "return null;"),
            "failed with java.lang.NullPointerException"),
        Arguments.of(
            acme().with(Part.SETTINGS, "return Collections.singletonList(null);"),
            "failed with java.lang.NullPointerException"),
        Arguments.of(
            acme()
                .with(
                    Part.SETTINGS, "return List.of(Setting.optional(null, Parsers.text(), \"\"));"),
            "failed with java.lang.NullPointerException"),
        Arguments.of(
            acme().with(Part.SETTINGS, "return List.of(Setting.optional(\"X\", null, \"\"));"),
            "failed with java.lang.NullPointerException"),
        Arguments.of(
            acme().with(Part.SETTINGS, "throw new AssertionError(\"hunter2\");"),
            "failed with java.lang.AssertionError"));
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
            "built for another Java; expected classes for Java "
                + Runtime.version().feature()
                + " or older"),
        Arguments.of(
            new SourceJar()
                .against("dev.logshipper.sink.Level", NEWER_LEVEL)
                .offering(acme().with(Part.SETTINGS, "Level.OFF.label(); return List.of();")),
            "failed to link (java.lang.NoSuchMethodError: "
                + "'java.lang.String dev.logshipper.sink.Level.label()'); expected it in the folder's jars, version 1 of the SPI, or the JDK"),
        Arguments.of(
            new SourceJar()
                .against(
                    "dev.logshipper.sink.Newer", "public interface Newer extends SinkProvider {}")
                .source(
                    "com.example.Acme",
                    "public abstract class Acme implements dev.logshipper.sink.Newer {}")
                .offering("com.example.Acme"),
            "failed to link (java.lang.NoClassDefFoundError: " + "dev/logshipper/sink/Newer)"),
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
            "built against another version of the SPI; expected version 1"),
        Arguments.of(
            new SourceJar()
                .against(
                    "dev.logshipper.sink.SinkProvider", "public abstract class SinkProvider {}")
                .source(
                    "com.example.Acme",
                    "public class Acme extends dev.logshipper.sink.SinkProvider {}")
                .offering("com.example.Acme"),
            "failed to link (java.lang.IncompatibleClassChangeError: "),
        Arguments.of(
            new SourceJar()
                .offering(
                    acme()
                        .with(
                            Part.MEMBERS,
                            "static final Object LANE = dev.logshipper.pipeline.Pipeline.Overflow.DROP_OLDEST;")),
            "failed to link (java.lang.NoClassDefFoundError: "
                + "dev/logshipper/pipeline/Pipeline$Overflow)"),
        Arguments.of(
            new SourceJar()
                .against("com.library.Client", "public class Client {}")
                .offering(
                    acme().with(Part.MEMBERS, "final Object client = new com.library.Client();")),
            "failed to link (java.lang.NoClassDefFoundError: com/library/Client); expected it in the"
                + " folder's jars"),
        Arguments.of(
            new SourceJar().offering("com.example.Absent"),
            "com.example.Absent is not a class of the folder's jars that implements SinkProvider and"
                + " has a public constructor without parameters"),
        Arguments.of(
            new SourceJar()
                .source("com.example.Acme", "public class Acme {}")
                .offering("com.example.Acme"),
            NO_PROVIDER),
        Arguments.of(
            new SourceJar().offering("{not a class name}"),
            "{not a class name} is not a class of the folder's jars"),
        Arguments.of(
            new SourceJar().offering("# nothing here"),
            "META-INF/services/dev.logshipper.sink.SinkProvider names 0 providers; expected one"),
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
    put(
        new SourceJar()
            .against(
                "dev.logshipper.sink.Spi",
                "public final class Spi { public static final int VERSION = 7; }")
            .offering(acme()));
    layers.assertAcmeIsLeftOut("built against version 7 of the SPI; expected version 1");
  }

  private Path put(SourceJar jar) throws Exception {
    return jar.writeTo(layers.path("acme/acme.jar"));
  }
}
