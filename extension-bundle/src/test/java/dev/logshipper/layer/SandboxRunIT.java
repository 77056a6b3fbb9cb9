package dev.logshipper.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.bundle.demo.HelloFunction;
import dev.logshipper.sandbox.cli.SandboxCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `scripts/sandbox run` with the layer.
class SandboxRunIT {
  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"http", "loki", "kinesis", "s3"})
  void everyLineArrivesInSpiteOfAnOutage(String mode) throws Exception {
    int status =
        run("--mode", mode, "--invocations", "5", "--pause", "200ms", "--fault", "503@2..3");

    assertThat(status).as(printed()).isZero();
    assertThat(printed())
        .contains("50 of the function's 50 lines arrived", "fault      status 503 ends");
    assertThat(folder.resolve("page.html")).content().contains("Sends to " + mode);
  }

  @Test
  void sinkThatIsOffSetsTheExitCode() throws Exception {
    int status =
        run("--mode", "http", "--env", "PUSHER_HTTP_URL=logs.example.com", "--invocations", "1");

    assertThat(status).isEqualTo(1);
    assertThat(printed()).contains("0 of the function's 10 lines arrived; missing:");
  }

  /// Frames of AWS's runtime client, stack traces and a failed invocation, in both log formats.
  @ParameterizedTest
  @CsvSource({"http, text", "http, json", "s3, json", "loki, json", "kinesis, json"})
  void linesOfARealFunctionAreFound(String mode, String format) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of("--mode", mode, "--format", format, "--timeout", "10s", "--invocations", "2"));
    words.addAll(List.of("--event", "{\"action\":\"error\"}", "--json", "--function", "--"));
    words.addAll(HelloFunction.command(HelloFunctionIT.function()));

    int status = run(words.toArray(String[]::new));

    assertThat(status).as(printed()).isZero();
    JsonNode result = JsonMapper.builder().build().readTree(printed());
    assertThat(result.at("/destination/lines").asInt()).isEqualTo(2);
    assertThat(result.at("/printed/0").asText()).contains("IllegalStateException");
  }

  private int run(String... words) throws Exception {
    PrintStream out = new PrintStream(printed, true, UTF_8);
    List<String> line = new ArrayList<>(List.of("run", "--layer", layer().toString()));
    line.addAll(List.of("--page", folder.resolve("page.html").toString()));
    line.addAll(List.of(words));
    return SandboxCommand.run(line, out, out);
  }

  private String printed() {
    return printed.toString(UTF_8);
  }

  private static Path layer() {
    return ShippedLayer.directory();
  }
}
