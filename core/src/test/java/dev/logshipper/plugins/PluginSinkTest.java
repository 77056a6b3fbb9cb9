package dev.logshipper.plugins;

import static dev.logshipper.plugins.Layers.acme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.ProviderSource;
import dev.logshipper.testkit.ProviderSource.Part;
import dev.logshipper.testkit.Records;
import dev.logshipper.testkit.SourceJar;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A plugin's code at run time: the classes that it sees, and the behaviour that core sees.
class PluginSinkTest {
  private static final String NEWER_LEVEL =
      "public enum Level { OFF; public String label() { return \"\"; } }";
  private static final String CALLS_NEWER = "Level.OFF.label();";
  private static final String NEWER =
      "sinks/acme/acme.jar: failed to link"
          + " (java.lang.NoSuchMethodError: 'java.lang.String dev.logshipper.sink.Level.label()')";

  @TempDir Path folder;
  private Layers layers = new Layers(Path.of("set in prepare"));
  private final CapturedOutput said = new CapturedOutput();
  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

  @BeforeEach
  void prepare() {
    layers = new Layers(folder.resolve("sinks"));
  }

  @AfterEach
  void contextClassLoaderIsWhatItWas() {
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(usual);
  }

  @Test
  void aClassWithTheNameOfOneOfCoresIsThePlugins() throws Exception {
    SourceJar jar =
        new SourceJar()
            .source(
                "org.assertj.core.api.Assertions",
                "public class Assertions { public static String version() { return \"theirs\"; } }")
            .offering(answering("org.assertj.core.api.Assertions.version()"));
    assertThat(reasonOf(open(jar))).isEqualTo("theirs");
  }

  @Test
  void aCopyOfTheSpiIsNotUsed() throws Exception {
    SourceJar jar =
        new SourceJar()
            .source("dev.logshipper.sink.Level", NEWER_LEVEL)
            .offering(
                answering(
                    "String.valueOf(Level.class.getClassLoader() == Batch.class.getClassLoader())"));
    assertThat(reasonOf(open(jar))).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.logshipper.sink.Sink",
        "dev.logshipper.config.Settings",
        "dev.logshipper.sink.support.BodyBuffer",
        "dev.logshipper.sink.support.text.JsonWriter",
        "java.net.http.HttpClient",
        "com.example.Acme"
      })
  void itSeesTheSpiTheJdkAndItself(String className) throws Exception {
    assertThat(reasonOf(open(new SourceJar().offering(lookingFor(className))))).isEqualTo("there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.logshipper.LogShipperExtension",
        "dev.logshipper.pipeline.Pipeline",
        "dev.logshipper.plugins.PluginDirectory",
        "dev.logshipper.tls.LazyTrustManager",
        "dev.logshipper.sink.NotThere",
        "org.junit.jupiter.api.Test"
      })
  void itSeesNothingElseOfCore(String className) throws Exception {
    assertThat(reasonOf(open(new SourceJar().offering(lookingFor(className))))).isEqualTo("hidden");
  }

  @Test
  void coresResourcesAreHiddenAndItsOwnAreVisible() throws Exception {
    String resources =
        """
        ClassLoader loader = Acme.class.getClassLoader();
        List<java.net.URL> found = new ArrayList<>();
        for (String name : List.of(
            "META-INF/services/org.junit.platform.engine.TestEngine",
            "dev/logshipper/sink/Sink.class",
            "own.txt")) {
          found.addAll(Collections.list(loader.getResources(name)));
        }
        return SendResult.retry(found.size() + " " + found.getFirst().getPath());
        """;
    SourceJar jar =
        new SourceJar().entry("own.txt", "mine").offering(acme().with(Part.SEND, resources));
    assertThat(reasonOf(open(jar))).startsWith("1 ").endsWith("acme.jar!/own.txt");
  }

  @ParameterizedTest
  @EnumSource(
      value = Part.class,
      names = {"MEMBERS", "MODE", "SETTINGS", "DEFAULTS", "OPEN", "LIMITS", "SEND", "CLOSE"})
  void itsCodeRunsWithItsOwnContextClassLoader(Part part) throws Exception {
    String note =
        "System.setProperty(\"acme.context\", String.valueOf("
            + "Thread.currentThread().getContextClassLoader() == Acme.class.getClassLoader()));";
    System.clearProperty("acme.context");
    SinkProvider provider = layers.loadAcme(noting(part, note));
    var _ = provider.defaults(Layers.settings(provider, Map.of()));
    Sink sink = Layers.open(provider, said);
    var _ = send(sink);
    sink.close();
    assertThat(System.getProperty("acme.context")).isEqualTo("true");
  }

  private static ProviderSource noting(Part part, String note) {
    return switch (part) {
      case MEMBERS -> acme().with(part, "static { " + note + " }");
      case MODE -> acme().with(part, note + " return \"acme\";");
      case SETTINGS -> acme().with(part, note + " return List.of();");
      case DEFAULTS -> acme().with(part, note + " return SinkDefaults.NONE;");
      case OPEN -> acme().with(part, note + " return new Opened(context);");
      case LIMITS -> acme().with(part, note + " return new BatchLimits(1, 9, 9, 0);");
      case SEND -> acme().with(part, note + " return SendResult.DELIVERED;");
      case CLOSE -> acme().with(part, note);
    };
  }

  @Test
  void defaultsAndBatchesArePassedOn() throws Exception {
    SinkProvider provider =
        layers.loadAcme(
            acme()
                .with(Part.DEFAULTS, "return SinkDefaults.NONE.withBatchBytes(77);")
                .with(Part.LIMITS, "return new BatchLimits(3, 99, 9, 1);")
                .with(Part.SEND, "return SendResult.retry(batch.records().getFirst().text());"));
    assertThat(provider.defaults(noSettings())).isEqualTo(SinkDefaults.NONE.withBatchBytes(77));
    Sink sink = Layers.open(provider, said);
    assertThat(sink.limits().recordsMax()).isEqualTo(3);
    assertThat(reasonOf(sink)).isEqualTo("a line");
  }

  @Test
  void failingDefaultsAreReportedAtOpenAndCoresApply() throws Exception {
    SinkProvider provider =
        layers.loadAcme(newer(acme().with(Part.DEFAULTS, CALLS_NEWER + "return null;")));
    assertThat(provider.defaults(noSettings())).isEqualTo(SinkDefaults.NONE);
    var _ = Layers.open(provider, said);
    assertThat(said.lines())
        .singleElement()
        .asString()
        .startsWith("log-shipper: sinks/acme/acme.jar (mode acme): defaults() failed to link (")
        .endsWith("; using core's defaults");
  }

  @ParameterizedTest
  @EnumSource(
      value = Part.class,
      names = {"OPEN", "LIMITS"})
  void anOpenThatFailsToLinkNamesTheJarAndTheMethod(Part part) throws Exception {
    SinkProvider provider = layers.loadAcme(newer(acme().with(part, CALLS_NEWER + "return null;")));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Layers.open(provider, said))
        .withMessageStartingWith(NEWER);
  }

  @Test
  void anOpenThatFailsNamesTheJarAndTheException() throws Exception {
    SinkProvider provider =
        layers.loadAcme(acme().with(Part.OPEN, "throw new IllegalStateException(\"hunter2\");"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Layers.open(provider, said))
        .withMessage("sinks/acme/acme.jar: failed with java.lang.IllegalStateException");
  }

  @Test
  void contradictingSettingsAreReportedInTheSinksWords() throws Exception {
    SinkProvider provider =
        layers.loadAcme(
            acme().with(Part.OPEN, "throw new IllegalArgumentException(\"not both\");"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Layers.open(provider, said))
        .withMessage("not both");
  }

  @Test
  void aSendThatFailsToLinkIsARetryThatNamesTheJarAndTheMethod() throws Exception {
    Sink sink = open(newer(acme().with(Part.SEND, CALLS_NEWER + "return null;")));
    assertThat(reasonOf(sink)).startsWith(NEWER);
    assertThat(reasonOf(sink)).startsWith(NEWER);
  }

  @Test
  void otherExceptionsOfASendReachTheLane() throws Exception {
    Sink sink =
        open(new SourceJar().offering(acme().with(Part.SEND, "throw new java.io.IOException();")));
    assertThatExceptionOfType(java.io.IOException.class).isThrownBy(() -> send(sink));
  }

  @Test
  void undeclaredExceptionsAreConverted() throws Exception {
    String bad = ProviderSource.THROW_UNDECLARED;
    SinkProvider provider =
        layers.loadAcme(
            acme()
                .with(Part.DEFAULTS, bad + "return null;")
                .with(Part.SEND, bad + "return null;")
                .with(Part.CLOSE, bad));
    assertThat(provider.defaults(noSettings())).isEqualTo(SinkDefaults.NONE);
    Sink sink = Layers.open(provider, said);
    assertThat(reasonOf(sink)).isEqualTo("sinks/acme/acme.jar: failed with java.lang.Exception");
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(sink::close);
    SinkProvider unopened = layers.loadAcme(acme().with(Part.OPEN, bad + "return null;"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Layers.open(unopened, said))
        .withMessage("sinks/acme/acme.jar: failed with java.lang.Exception");
  }

  @Test
  void itsOutputIsDiscardedAndReportedOnce() throws Exception {
    Sink sink =
        open(
            new SourceJar()
                .offering(
                    acme()
                        .with(
                            Part.SEND,
                            "System.out.println(1); System.err.println(2);"
                                + " return SendResult.DELIVERED;")));
    assertThat(send(sink)).isEqualTo(SendResult.DELIVERED);
    assertThat(send(sink)).isEqualTo(SendResult.DELIVERED);
    sink.close();
    assertThat(said.lines())
        .containsExactly(
            "log-shipper: sinks/acme/acme.jar: output to System.out and System.err is discarded;"
                + " expected Diagnostics");
  }

  /// A method added to the interface with a default body would not reach the plugin otherwise.
  @Test
  void everyMethodOfTheSpiIsOverridden() throws Exception {
    for (Method method : SinkProvider.class.getMethods()) {
      assertThat(
              PluginProvider.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
          .isNotNull();
    }
    for (Method method : Sink.class.getMethods()) {
      assertThat(
              PluginProvider.PluginSink.class.getDeclaredMethod(
                  method.getName(), method.getParameterTypes()))
          .isNotNull();
    }
  }

  private static SourceJar newer(ProviderSource provider) {
    return new SourceJar().against("dev.logshipper.sink.Level", NEWER_LEVEL).offering(provider);
  }

  private static ProviderSource answering(String expression) {
    return acme().with(Part.SEND, "return SendResult.retry(" + expression + ");");
  }

  private static ProviderSource lookingFor(String className) {
    return acme()
        .with(
            Part.SEND,
            "try { Class.forName(\""
                + className
                + "\"); return SendResult.retry(\"there\"); } catch (ClassNotFoundException e) {"
                + " return SendResult.retry(\"hidden\"); }");
  }

  private Sink open(SourceJar jar) throws Exception {
    return Layers.open(layers.loadAcme(jar), said);
  }

  private static Settings noSettings() {
    return Settings.of(Map.of(), java.util.List.of());
  }

  private static SendResult send(Sink sink) throws Exception {
    return sink.send(
        new Batch("id", Records.lines("a line")),
        Deadline.after(Duration.ofSeconds(10), System::nanoTime));
  }

  private static String reasonOf(Sink sink) throws Exception {
    return ((SendResult.Retry) send(sink)).reason();
  }
}
