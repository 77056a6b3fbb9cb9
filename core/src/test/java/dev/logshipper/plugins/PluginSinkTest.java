package dev.logshipper.plugins;

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
import dev.logshipper.testkit.Records;
import dev.logshipper.testkit.SourceJar;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A plugin's code at run time: the classes that it sees, and the behaviour that core sees.
class PluginSinkTest {
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
    assertThat(reasonOf(open("name-of-a-library"))).isEqualTo("theirs");
  }

  @Test
  void aCopyOfTheSpiIsNotUsed() throws Exception {
    SourceJar jar = SourceJar.plugin("copy-of-the-spi").sources("newer-spi");
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
    assertThat(reasonOf(open("looks-for-classes"), className)).isEqualTo("there");
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
    assertThat(reasonOf(open("looks-for-classes"), className)).isEqualTo("hidden");
  }

  @Test
  void coresResourcesAreHiddenAndItsOwnAreVisible() throws Exception {
    SourceJar jar = SourceJar.plugin("looks-for-resources").entry("own.txt", "mine");
    assertThat(reasonOf(open(jar))).startsWith("1 ").endsWith("acme.jar!/own.txt");
  }

  @Test
  void itsCodeRunsWithItsOwnContextClassLoader() throws Exception {
    List<String> parts =
        List.of(
            "static initializer",
            "mode",
            "settings",
            "defaults",
            "open",
            "limits",
            "warm-up",
            "send",
            "close");
    for (String part : parts) {
      System.clearProperty("acme.context." + part);
    }
    SinkProvider provider = layers.loadAcme(SourceJar.plugin("notes-context"));
    var _ = provider.defaults(Layers.settings(provider, Map.of()));
    Sink sink = Layers.open(provider, said);
    sink.warmUp(new Batch("id", Records.lines("a line")), deadline());
    var _ = send(sink);
    sink.close();
    assertThat(parts).allMatch(part -> Boolean.getBoolean("acme.context." + part));
  }

  @Test
  void defaultsAndBatchesArePassedOn() throws Exception {
    SinkProvider provider = layers.loadAcme(SourceJar.plugin("passes-on"));
    assertThat(provider.defaults(noSettings()))
        .isEqualTo(SinkDefaults.builder().batchBytes(77).build());
    Sink sink = Layers.open(provider, said);
    assertThat(sink.limits().recordsMax()).isEqualTo(3);
    assertThat(reasonOf(sink)).isEqualTo("a line");
  }

  @Test
  void failingDefaultsAreReportedAtOpenAndCoresApply() throws Exception {
    SinkProvider provider = layers.loadAcme(newer("newer-defaults"));
    assertThat(provider.defaults(noSettings())).isEqualTo(SinkDefaults.NONE);
    var _ = Layers.open(provider, said);
    assertThat(said.lines())
        .singleElement()
        .asString()
        .startsWith("log-shipper: sinks/acme/acme.jar (mode acme): defaults() failed to link (")
        .endsWith("; using core's defaults");
  }

  @ParameterizedTest
  @ValueSource(strings = {"newer-open", "newer-limits"})
  void anOpenThatFailsToLinkNamesTheJarAndTheMethod(String plugin) throws Exception {
    SinkProvider provider = layers.loadAcme(newer(plugin));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Layers.open(provider, said))
        .withMessageStartingWith(NEWER);
  }

  @Test
  void anOpenThatFailsNamesTheJarAndTheException() throws Exception {
    SinkProvider provider = layers.loadAcme(SourceJar.plugin("open-throws"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Layers.open(provider, said))
        .withMessage("sinks/acme/acme.jar: failed with java.lang.IllegalStateException");
  }

  @Test
  void contradictingSettingsAreReportedInTheSinksWords() throws Exception {
    SinkProvider provider = layers.loadAcme(SourceJar.plugin("open-contradiction"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Layers.open(provider, said))
        .withMessage("not both");
  }

  @Test
  void aSendThatFailsToLinkIsARetryThatNamesTheJarAndTheMethod() throws Exception {
    Sink sink = open(newer("newer-send"));
    assertThat(reasonOf(sink)).startsWith(NEWER);
    assertThat(reasonOf(sink)).startsWith(NEWER);
  }

  @Test
  void otherExceptionsOfASendReachTheLane() throws Exception {
    Sink sink = open("send-throws");
    assertThatExceptionOfType(java.io.IOException.class).isThrownBy(() -> send(sink));
  }

  @Test
  void undeclaredExceptionsAreConverted() throws Exception {
    SinkProvider provider = layers.loadAcme(SourceJar.plugin("undeclared"));
    assertThat(provider.defaults(noSettings())).isEqualTo(SinkDefaults.NONE);
    Sink sink = Layers.open(provider, said);
    assertThat(reasonOf(sink)).isEqualTo("sinks/acme/acme.jar: failed with java.lang.Exception");
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(sink::close);
    SinkProvider unopened = layers.loadAcme(SourceJar.plugin("open-undeclared"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Layers.open(unopened, said))
        .withMessage("sinks/acme/acme.jar: failed with java.lang.Exception");
  }

  @Test
  void itsOutputIsDiscardedAndReportedOnce() throws Exception {
    Sink sink = open("prints");
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

  private static SourceJar newer(String plugin) {
    return SourceJar.plugin(plugin).against("newer-spi");
  }

  private Sink open(String plugin) throws Exception {
    return open(SourceJar.plugin(plugin));
  }

  private Sink open(SourceJar jar) throws Exception {
    return Layers.open(layers.loadAcme(jar), said);
  }

  private static Settings noSettings() {
    return Settings.of(Map.of(), List.of());
  }

  private static Deadline deadline() {
    return Deadline.after(Duration.ofSeconds(10), System::nanoTime);
  }

  private static SendResult send(Sink sink) throws Exception {
    return send(sink, "a line");
  }

  private static SendResult send(Sink sink, String line) throws Exception {
    return sink.send(new Batch("id", Records.lines(line)), deadline());
  }

  private static String reasonOf(Sink sink) throws Exception {
    return reasonOf(sink, "a line");
  }

  private static String reasonOf(Sink sink, String line) throws Exception {
    return ((SendResult.Retry) send(sink, line)).reason();
  }
}
