package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.testkit.SourceJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The JVM silently ignores a cache that does not fit; only its log shows it. `AOTMode=on` also
/// makes it fatal.
class AotCacheIT {
  private static final Pattern LOADED = Pattern.compile("\\] (\\S+) source: (.*)");
  private static final Duration SOON = Duration.ofMillis(Emulation.limit(30_000));

  @TempDir Path folder;
  private Path classLog = Path.of("set in prepare");

  @BeforeEach
  void prepare() {
    classLog = folder.resolve("classes.log");
  }

  @Tag("arm64")
  @ParameterizedTest
  @CsvSource({
    "http, okhttp3.",
    "loki, okhttp3.",
    "kinesis, software.amazon.awssdk.",
    "s3, software.amazon.awssdk."
  })
  void classesOfCoreAndOfASinksLibraryComeFromTheCache(String mode, String library)
      throws Exception {
    ship(BundledSink.named(mode), UnpackedLayer.in(folder.resolve("another root")));

    assertThat(notFromTheCache("dev.logshipper.")).isEmpty();
    assertThat(notFromTheCache(library)).isEmpty();
  }

  @Test
  void classesOfCoreAndOkHttpComeFromTheCacheAlsoWithAPlugin() throws Exception {
    UnpackedLayer layer = UnpackedLayer.in(folder.resolve("another root"));
    SourceJar.plugin("acme").writeTo(layer.root().resolve("log-shipper/sinks/acme/acme.jar"));

    ship(BundledSink.named("http"), layer);

    assertThat(Files.readString(classLog)).contains("com.example.Acme source: ");
    assertThat(notFromTheCache("dev.logshipper."))
        .as("the training uses no other class")
        .allMatch(line -> line.contains(" dev.logshipper.plugins."));
    assertThat(notFromTheCache("okhttp3.")).isEmpty();
  }

  private void ship(BundledSink sink, UnpackedLayer layer) throws Exception {
    try (Destination destination = sink.tls().get()) {
      ship(sink, destination, layer);
    }
  }

  private void ship(BundledSink sink, Destination destination, UnpackedLayer layer)
      throws Exception {
    layer
        .trusting(destination)
        .addJvmOptions(List.of("-XX:AOTMode=on", "-Xlog:class+load:file=" + classLog));

    Sandbox sandbox =
        Sandbox.builder()
            .extensions(layer.extensions())
            .environment("PUSHER_MODE", sink.mode())
            .environment(sink.environment(destination.url()))
            .function(invocation -> invocation.log("a line of the function"))
            .timeoutMillis(30_000)
            .freeze(false)
            .start();
    try (sandbox) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      // A first send under emulation takes longer than a shutdown.
      var _ = destination.awaitLines(1, SOON);
      var _ = sandbox.shutdown("spindown");
    }
    assertThat(sandbox.extensionOutput()).noneMatch(line -> line.contains("Java exited"));
  }

  private List<String> notFromTheCache(String prefix) throws Exception {
    List<Matcher> loaded =
        Files.readAllLines(classLog).stream()
            .map(LOADED::matcher)
            .filter(Matcher::find)
            .filter(line -> line.group(1).startsWith(prefix))
            .filter(line -> !line.group(1).contains("/0x")) // made at run time, never from a file
            .toList();
    assertThat(loaded).hasSizeGreaterThan(20);
    return loaded.stream()
        .filter(line -> !line.group(2).startsWith("shared objects file"))
        .map(Matcher::group)
        .toList();
  }
}
