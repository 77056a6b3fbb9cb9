package dev.logshipper.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.SourceJar;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableSinksTest {
  @TempDir Path folder;

  /// A provider of a stranger.
  public static class Good implements SinkProvider {
    @Override
    public String mode() {
      return "good";
    }

    @Override
    public int spiVersion() {
      return Spi.VERSION;
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public Sink open(SinkContext context) {
      return new FakeSink();
    }
  }

  /// Comes too late for its mode.
  public static final class Twin extends Good {}

  /// Cannot be made.
  public static final class Unborn extends Good {
    public Unborn() {
      throw new IllegalStateException("no");
    }
  }

  /// As good, of another mode.
  public static final class Other extends Good {
    @Override
    public String mode() {
      return "other";
    }
  }

  /// Misses a class that it needs.
  public static final class Incomplete extends Good {
    @Override
    public String mode() {
      throw new NoClassDefFoundError("com/example/Client");
    }
  }

  /// Cannot say what it reads.
  public static final class Mute extends Good {
    @Override
    public String mode() {
      return "mute";
    }

    @Override
    public List<Setting<?>> settings() {
      throw new UnsupportedOperationException();
    }
  }

  /// Knows no mode.
  public static final class Nameless extends Good {
    @Override
    @SuppressWarnings("NullAway") // that is the defect
    public String mode() {
      return null;
    }
  }

  @Test
  void aSinkIsFoundByItsMode() throws Exception {
    AvailableSinks sinks = load(Good.class.getName());
    assertThat(sinks.find("good")).containsInstanceOf(Good.class);
    assertThat(sinks.find("bad")).isEmpty();
    assertThat(sinks.modes()).isEqualTo("good");
    assertThat(sinks.failures()).isEmpty();
  }

  @Test
  void noSinkAtAllIsNoFailure() throws Exception {
    assertThat(load()).isEqualTo(new AvailableSinks(List.of(), List.of()));
  }

  @Test
  void theFirstOfTwoSinksWithOneModeIsUsed() throws Exception {
    AvailableSinks sinks = load(Good.class.getName(), Twin.class.getName());
    assertThat(sinks.find("good")).get().isExactlyInstanceOf(Good.class);
    assertThat(sinks.failures())
        .containsExactly(
            Twin.class.getName()
                + " is ignored: "
                + Good.class.getName()
                + " offers the mode good already");
  }

  @Test
  void aBadSinkIsNamedAndDoesNotCostTheOthers() throws Exception {
    for (String bad :
        List.of(
            "com.example.Absent",
            AvailableSinksTest.class.getName(),
            Unborn.class.getName(),
            Incomplete.class.getName(),
            Mute.class.getName(),
            Nameless.class.getName())) {
      AvailableSinks sinks = load(bad, Good.class.getName());
      assertThat(sinks.modes()).as(bad).isEqualTo("good");
      assertThat(sinks.failures()).as(bad).hasSize(1);
      assertThat(sinks.failures().getFirst()).contains(bad);
    }
  }

  @Test
  void sinksOfOtherLayersComeAfterTheBundledOnesWhichKeepTheirModes() throws Exception {
    Path layers = folder.resolve("sinks");
    for (String mode : List.of("acme", "good")) {
      SourceJar.plugin("plain-acme").writeTo(layers.resolve(mode + "/" + mode + ".jar"));
    }
    AvailableSinks sinks = loadBeside("", layers.toString(), Good.class.getName());
    assertThat(sinks.modes()).isEqualTo("good, acme");
    assertThat(sinks.find("good")).get().isExactlyInstanceOf(Good.class);
    assertThat(sinks.failures())
        .singleElement()
        .asString()
        .startsWith("sinks/good/good.jar (mode good) left out: the layer has a sink of that mode");
  }

  @Test
  void aListIsBelievedWithoutASearch() throws Exception {
    Path services = Files.createDirectories(folder.resolve("listed/META-INF/services"));
    Files.write(services.resolve(SinkProvider.class.getName()), List.of(Other.class.getName()));
    assertThat(loadBeside(folder.resolve("listed").toString(), "", Good.class.getName()).modes())
        .isEqualTo("other");
  }

  @Test
  void withoutAListTheClassPathIsSearched() throws Exception {
    assertThat(loadBeside(folder.resolve("nothing").toString(), "", Good.class.getName()).modes())
        .isEqualTo("good");
  }

  @Test
  void aFileThatIsNoListOfServicesIsSurvived() throws Exception {
    assertThat(load("{not a class name}").failures()).hasSize(1);
  }

  private AvailableSinks load(String... names) throws Exception {
    return loadBeside("", "", names);
  }

  /// Loads with a class path that offers these names as services.
  private AvailableSinks loadBeside(String listed, String strangers, String... names)
      throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Path file = services.resolve(SinkProvider.class.getName());
    Files.write(file, List.of(names), UTF_8);
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    try (URLClassLoader loader = new OwnServices(folder)) {
      thread.setContextClassLoader(loader);
      return AvailableSinks.load(listed, strangers, "");
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  /// Classes of the test, services of one folder only.
  private static final class OwnServices extends URLClassLoader {
    OwnServices(Path folder) throws MalformedURLException {
      super(new URL[] {folder.toUri().toURL()}, AvailableSinksTest.class.getClassLoader());
    }

    @Override
    public java.util.Enumeration<URL> getResources(String name) throws IOException {
      return findResources(name);
    }
  }
}
