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
  void policyHasTheExactResources() throws Exception {
    String policy =
        json(
                """
                PUSHER_MODE=s3,kinesis
                PUSHER_S3_BUCKET=my-logs
                KINESIS_ENDPOINT=stream
                PUSHER_S3_CREATE_BUCKET=false
                PUSHER_KINESIS_REGION=eu-west-1
                PUSHER_S3_PROXY=arn:aws:ssm:eu-west-1:123456789012:parameter/proxy
                """,
                "--region",
                "eu-central-1")
            .path("policy")
            .path("Statement")
            .toString();

    assertThat(policy)
        .contains(
            "\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::my-logs/*\"",
            "\"arn:aws:firehose:eu-west-1:ACCOUNT:deliverystream/stream\"",
            "\"ssm:GetParameter\",\"Resource\":\"arn:aws:ssm:eu-west-1:123456789012:parameter/proxy\"")
        .doesNotContain("CreateBucket");
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
