package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SinkProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The copy of the example that `scripts/new-sink` makes. `scripts/validate sink` builds one and
/// runs its tests.
class NewSinkScriptTest {
  private static final String SERVICE = "META-INF/services/dev.logshipper.sink.SinkProvider";

  @TempDir Path temporary;

  @Test
  void copyHasTheNameInAllPlaces() throws Exception {
    Path sink = newSink("my-chat");

    assertThat(sink.resolve("src/main/resources/" + SERVICE))
        .hasContent("com.example.mychat.MyChatSinkProvider");
    assertThat(sink.resolve("src/assembly/layer.xml"))
        .content()
        .contains("<outputDirectory>log-shipper/sinks/my-chat</outputDirectory>");
    assertThat(sink.resolve("pom.xml"))
        .content()
        .contains("<artifactId>my-chat-sink</artifactId>", "<finalName>my-chat-sink</finalName>");
    assertThat(sink.resolve("README.md"))
        .content()
        .contains(
            "PUSHER_MODE=my-chat",
            "--layer target/my-chat-sink-layer.zip --mode http",
            "--env 'MY_CHAT_ENDPOINT={url}'",
            "| `MY_CHAT_ENDPOINT` |");
    assertThat(sink.resolve("src/main/java/com/example/mychat/MyChatSinkProvider.java"))
        .content()
        .contains("package com.example.mychat;", "return \"my-chat\";");
  }

  @Test
  void namesOfTheExampleRemainOnlyInLinks() throws Exception {
    List<String> lines = new ArrayList<>();
    Path sink = newSink("my-chat");
    for (Path file : files(sink)) {
      assertThat(sink.relativize(file).toString().toLowerCase(Locale.ROOT)).doesNotContain("otlp");
      lines.addAll(Files.readAllLines(file));
    }

    assertThat(lines)
        .filteredOn(line -> line.contains("otlp") || line.contains("OTEL_"))
        .allMatch(line -> line.contains("<https://opentelemetry.io/docs/specs/"));
  }

  @Test
  void copyCompiles() throws Exception {
    Path sink = newSink("my-chat", "--package", "org.acme.logs");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path core =
        Path.of(SinkProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path classes = temporary.resolve("classes");
    List<String> arguments =
        new ArrayList<>(
            List.of("-proc:none", "-nowarn", "-cp", core.toString(), "-d", classes.toString()));
    files(sink.resolve("src/main/java")).forEach(file -> arguments.add(file.toString()));

    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    assertThat(classes.resolve("org/acme/logs/MyChatSinkProvider.class")).exists();
  }

  private Path newSink(String name, String... options) throws Exception {
    Path folder = temporary.resolve("a folder/" + name);
    List<String> command =
        new ArrayList<>(
            List.of("../scripts/new-sink", name, "--no-build", "--folder", folder.toString()));
    command.addAll(List.of(options));
    Path output = temporary.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return folder;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
