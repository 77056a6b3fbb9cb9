package dev.logshipper.advisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.advisor.explain.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTest {
  @TempDir Path folder;

  private CommandRun explain(String variables, String... options) throws Exception {
    Path file = Files.writeString(folder.resolve("env"), variables);
    List<String> words = new ArrayList<>(List.of("explain", "--env-file", file.toString()));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private JsonNode json(String variables, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    return new ObjectMapper().readTree(explain(variables, all.toArray(String[]::new)).output());
  }

  @Test
  void rareInvocationsAreHeldAndSentOneByOne() throws Exception {
    JsonNode rare =
        json("ED_ENDPOINT=https://a.example", "--invocations-per-hour", "60", "--steady");

    JsonNode http = rare.path("sinks").path(0);
    assertThat(http.path("requests").asDouble()).isCloseTo(1_440, within(3.0));
    assertThat(http.path("records").asDouble()).isCloseTo(1_440 * 13, within(10.0));
    assertThat(rare.path("heldMillis").asDouble()).isBetween(25.0, 60.0);
    assertThat(rare.path("policy").path("Statement")).isEmpty();
  }

  @Test
  void linesOfTheFunctionGiveSizeAndCompression() throws Exception {
    String gzip = "ED_ENDPOINT=https://a.example\nPUSHER_HTTP_GZIP=true";
    Path lines = Files.writeString(folder.resolve("lines"), ("x".repeat(300) + "\n").repeat(3));
    JsonNode sample = json(gzip, "--sample", lines.toString());
    JsonNode artificial = json(gzip, "--line-bytes", "300");

    assertThat(sample.path("sinks").path(0).path("recordBytes").asDouble())
        .isEqualTo(artificial.path("sinks").path(0).path("recordBytes").asDouble());
    assertThat(sample.path("sinks").path(0).path("bodyBytes").asDouble())
        .isLessThan(artificial.path("sinks").path(0).path("bodyBytes").asDouble() / 1.5);
  }

  @Test
  void anUnusableSampleIsReported() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty"), "\n\n");
    assertThat(explain("PUSHER_MODE=http", "--sample", empty.toString()).errors())
        .contains("empty has no lines");
    assertThat(explain("PUSHER_MODE=http", "--sample", "x", "--line-bytes", "9").errors())
        .contains("--line-bytes and --sample: expected only one of them");
  }

  @Test
  void frequentInvocationsShareRequests() throws Exception {
    JsonNode often =
        json(
            "ED_ENDPOINT=https://a.example",
            "--invocations-per-hour",
            "30000",
            "--steady",
            "--duration",
            "20ms",
            "--environments",
            "1");

    assertThat(often.path("sinks").path(0).path("requests").asDouble()).isLessThan(30_000 * 24 / 4);
    assertThat(often.path("heldMillis").asDouble()).isLessThan(2);
  }

  @Test
  void bodiesHaveTheSizeThatTheSinkGivesThem() throws Exception {
    String s3 = "PUSHER_MODE=s3\nPUSHER_S3_BUCKET=my-logs";
    double plain = json(s3).path("sinks").path(0).path("bodyBytes").asDouble();
    double packed =
        json(s3 + "\nPUSHER_S3_COMPRESSION=gzip")
            .path("sinks")
            .path(0)
            .path("bodyBytes")
            .asDouble();

    double lines = 1_000 * 24 * 10 * 200;
    assertThat(plain).isBetween(lines, lines * 2);
    assertThat(packed).isLessThan(plain / 2);
  }

  @Test
  void unknownValuesAreDefaultsInTheFigures() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("template.yaml"),
            "Resources: {F: {Type: AWS::Serverless::Function, Properties: {Environment: {Variables:"
                + " {ED_ENDPOINT: !If [a, b, c], PUSHER_BATCH_BYTES: !ImportValue z}}}}}");
    String output = CommandRun.of("explain", "--template", file.toString(), "--json").output();
    JsonNode unknown = new ObjectMapper().readTree(output).path("sinks").path(0);
    JsonNode known = json("ED_ENDPOINT=https://a.example").path("sinks").path(0);

    assertThat(unknown.path("requests")).isEqualTo(known.path("requests"));
    assertThat(unknown.path("bodyBytes")).isEqualTo(known.path("bodyBytes"));
  }

  @Test
  void firstInvocationsAreHeldUntilTrafficIsKnown() throws Exception {
    JsonNode often =
        json("ED_ENDPOINT=https://a.example", "--invocations-per-hour", "30000", "--steady");

    JsonNode http = often.path("sinks").path(0);
    JsonNode flush = http.path("flush");
    assertThat(flush).hasSize(2);
    assertThat(flush.path(0).path("held")).isEqualTo(flush.path(0).path("invocations"));
    assertThat(flush.path(1).path("held").asInt()).isZero();
    assertThat(flush.path(1).path("fromSecond").asDouble()).isBetween(0.1, 10.0);
    assertThat(http.path("firstHeldMillis").asDouble()).isBetween(25.0, 60.0);
    assertThat(often.path("laterHeldMillis").asDouble()).isLessThan(1);
  }

  @Test
  void heavyInvocationsAreHeld() throws Exception {
    JsonNode heavy =
        json(
            "ED_ENDPOINT=https://a.example",
            "--invocations-per-hour",
            "30000",
            "--steady",
            "--lines",
            "1000");

    assertThat(heavy.path("sinks").path(0).path("flush")).hasSize(1);
    assertThat(heavy.path("laterHeldMillis").asDouble()).isGreaterThan(25);
  }

  @Test
  void rareInvocationsAreAllTheFirst() throws Exception {
    CommandRun rare =
        explain("ED_ENDPOINT=https://a.example", "--invocations-per-hour", "1", "--steady");

    assertThat(rare.output())
        .contains("Each invocation is the first of its environment")
        .contains("from invocation 1 (0.0 s): each is held until its lines are sent");
  }

  @Test
  void coldStartsDependOnMemoryAndWarmUp() throws Exception {
    String url = "ED_ENDPOINT=https://a.example";

    assertThat(explain(url, "--memory", "128").output())
        .contains(
            "A cold start is billed 309 ms longer (init 117 ms, first flush 160 ms)",
            "Init waits for a warm-up, for at most 500 ms");
    assertThat(explain(url, "--memory", "512").output())
        .contains("billed 306 ms longer", "Init does not wait for a warm-up");
    assertThat(explain(url + "\nPUSHER_WARM_UP_MS=500", "--memory", "512").output())
        .contains("billed 146 ms longer", "for at most 500 ms");
    assertThat(explain(url + "\nPUSHER_WARM_UP_MS=0", "--memory", "128").output())
        .contains("billed 2138 ms longer", "Init does not wait for a warm-up");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          always | --lines 20             | PUSHER_MODE=http
          up to  | --lines 400 --internet | PUSHER_MODE=http
          never  | --lines 20             | PUSHER_MODE=s3
          from   | --lines 20             | PUSHER_MODE=s3 ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_BYTES=1000000 ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_INVOKES=1000
          always | --lines 20             | PUSHER_MODE=kinesis
          never  | --lines 20             | PUSHER_MODE=kinesis PUSHER_KINESIS_PACKING=single
          """)
  void breakEvenIsThatOfTheDestination(String result, String options, String variables)
      throws Exception {
    String all =
        "ED_ENDPOINT=https://a.example PUSHER_S3_BUCKET=my-logs KINESIS_ENDPOINT=stream "
            + variables;

    CommandRun run = explain(all.replace(' ', '\n'), options.split(" ", -1));

    assertThat(run.output())
        .containsPattern("break-even +(cheaper than CloudWatch Logs\n +)?" + result + " ");
  }

  @Test
  void onlyTypesThatAreShippedCount() throws Exception {
    JsonNode lines = json("ED_ENDPOINT=https://a.example\nPUSHER_LOG_TYPES=function");

    assertThat(lines.path("sinks").path(0).path("records").asDouble())
        .isCloseTo(240_000, within(300.0));
  }

  @Test
  void sinkThatIsOffHasNoFigures() throws Exception {
    CommandRun off = explain("PUSHER_MODE=s3");

    assertThat(off.status()).isOne();
    assertThat(off.output()).contains("s3\n  off: its records are dropped");
  }

  @Test
  void hugeTrafficIsNoFailure() throws Exception {
    CommandRun run =
        explain(
            "ED_ENDPOINT=https://a.example",
            "--lines",
            "100000",
            "--line-bytes",
            "262144",
            "--duration",
            "900s",
            "--invocations-per-hour",
            "1e9");

    assertThat(run.status()).as(run.errors()).isZero();
    assertThat(run.output()).doesNotContain("NaN", "Infinity");
  }

  @Test
  void pricesAreByVolume() {
    Figures prices = Figures.prices();

    assertThat(prices.tiered("cloudwatch.tiers", 1)).isEqualTo(0.5, within(1e-9));
    assertThat(prices.tiered("cloudwatch.tiers", 60_000))
        .isEqualTo(5_000 + 5_000 + 2_000 + 500, within(1e-6));
    assertThat(Figures.costs().coldMillis(768)).isBetween(227.0, 306.0);
    assertThat(Figures.costs().coldMillis(10_240)).isEqualTo(122);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --duration 2h: expected a time       | --duration 2h
          --duration 0ms: expected a time      | --duration 0ms
          --lines: expected a number           | --lines -1
          --line-bytes: expected a number      | --line-bytes 0
          --memory: expected a number from 128 | --memory 64
          --invocations-per-hour: expected     | --invocations-per-hour 0
          --invocations-per-hour: expected     | --invocations-per-hour NaN
          invalid value                        | --lines many
          """)
  void wrongProfileIsOneLine(String reason, String options) throws Exception {
    CommandRun run = explain("ED_ENDPOINT=https://a.example", options.split(" ", -1));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).hasLineCount(1).startsWith("explain: ").contains(reason);
  }
}
