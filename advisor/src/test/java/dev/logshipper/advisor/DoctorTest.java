package dev.logshipper.advisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  private String envFile(String... lines) throws IOException {
    return Files.writeString(folder.resolve("function.env"), String.join("\n", lines)).toString();
  }

  @Test
  void acceptedVariablesAreNoProblem() throws Exception {
    CommandRun run =
        CommandRun.of(
            "doctor",
            "--env-file",
            envFile(
                "# logs", "", "export PUSHER_MODE='http'", "ED_ENDPOINT=\"https://a.example\""));

    assertThat(run.status()).isZero();
    assertThat(run.output()).contains("the layer accepts all variables", "PUSHER_MODE=http (set)");
  }

  @Test
  void problemsAreThoseThatTheLayerPrints() throws Exception {
    CommandRun run =
        CommandRun.of(
            "doctor",
            "--env-file",
            envFile(
                "ED_ENDPOIN=https://a.example", "PUSHER_BATCH_BYTES=many", "PUSHER_FLUSHH=end"));

    assertThat(run.status()).isOne();
    assertThat(run.output())
        .contains(
            "ED_ENDPOINT is not set",
            "PUSHER_BATCH_BYTES=many: expected a whole number",
            "did you mean PUSHER_FLUSH?",
            "did you mean ED_ENDPOINT?");
  }

  @Test
  void sourcesOfValuesAreShown() throws Exception {
    String file = envFile("PUSHER_MODE=s3", "PUSHER_S3_BUCKET=my-logs", "PUSHER_S3_FLUSH=end");

    CommandRun run = CommandRun.of("doctor", "--env-file", file);
    assertThat(run.output())
        .contains("s3: ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET=my-logs (PUSHER_S3_BUCKET)")
        .doesNotContain("PUSHER_BUFFER_MB");
    assertThat(CommandRun.of("doctor", "--env-file", file, "--all").output())
        .contains("PUSHER_BUFFER_MB=20 (default)");
  }

  @Test
  void secretsAreNeverPrinted() throws Exception {
    String file =
        envFile(
            "PUSHER_MODE=http,loki,kinesis,s3",
            "ED_ENDPOINT=https://u:" + SECRET + "@a.example/" + SECRET,
            "PUSHER_HTTP_HEADERS=X-Key=" + SECRET,
            "PUSHER_HTTP_BEARER_TOKEN=" + SECRET,
            "LOKI_ENDPOINT_URL=ftp://u:" + SECRET + "@b.example",
            "LOKI_PASSWORD=" + SECRET,
            "LOKI_BEARER_TOKEN=" + SECRET,
            "PUSHER_S3_SECRET_ACCESS_KEY=" + SECRET,
            "PUSHER_S3_PROXY=http://u:" + SECRET + "@p.example",
            "PUSHER_HTTP_TOKEN=" + SECRET,
            "AWS_ENDPOINT_URL_FIREHOSE=https://u:" + SECRET + "@f.example",
            "PUSHER_REDACT_KEY=" + SECRET);

    for (String[] words :
        new String[][] {
          {"doctor", "--env-file", file, "--all"},
          {"doctor", "--env-file", file, "--json"},
        }) {
      CommandRun run = CommandRun.of(words);
      assertThat(run.output() + run.errors()).contains("LOKI_PASSWORD").doesNotContain(SECRET);
    }
  }

  @Test
  void jsonHasFindingsAndSettings() throws Exception {
    CommandRun run = CommandRun.of("doctor", "--env-file", envFile("PUSHER_FLUSH=end"), "--json");

    JsonNode root = new ObjectMapper().readTree(run.output());
    assertThat(run.status()).isOne();
    assertThat(root.path("findings").path(0).path("level").asText()).isEqualTo("problem");
    assertThat(root.path("settings").toString())
        .contains("{\"sink\":\"\",\"name\":\"PUSHER_FLUSH\",\"value\":\"end\",\"source\":\"set\"}");
  }

  @Test
  void coloursNeedATerminal() throws Exception {
    assertThat(CommandRun.of("doctor", "--env-file", envFile("A=b")).output())
        .doesNotContain("\033");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no pair", "=x", "1A=b", "A B=c"})
  void malformedLineIsWrongUsageWithoutItsText(String line) throws Exception {
    CommandRun run = CommandRun.of("doctor", "--env-file", envFile("A=b", line));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).hasLineCount(1).contains("line 2: expected NAME=value");
  }

  @Test
  void unusualFormsOfLinesAreRead() throws Exception {
    String file =
        envFile(
            "\uFEFFexport\tPUSHER_MODE='http' # sink\r",
            " PUSHER_FLUSH = \"end\"  # each\r",
            "ED_ENDPOINT=https://a.example/?x='#1'");

    CommandRun run = CommandRun.of("doctor", "--env-file", file);

    assertThat(run.status()).as(run.output() + run.errors()).isZero();
    assertThat(run.output()).contains("PUSHER_MODE=http (set)", "PUSHER_FLUSH=end (set)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UTF-8      | ff fe 41 3d 62
          zero bytes | 41 3d 62 00
          """)
  void binaryFileIsWrongUsage(String reason, String bytes) throws Exception {
    Path file = folder.resolve("binary");
    Files.write(file, HexFormat.ofDelimiter(" ").parseHex(bytes));

    CommandRun run = CommandRun.of("doctor", "--env-file", file.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).hasLineCount(1).contains("is not a text", reason);
  }

  @Test
  void endlessFileIsWrongUsage() throws Exception {
    CommandRun run = CommandRun.of("doctor", "--env-file", "/dev/zero");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).hasLineCount(1).contains("is larger than 16 MiB");
  }

  @Test
  void fileWithoutPermissionIsWrongUsage() throws Exception {
    Path file = folder.resolve("secret");
    Files.writeString(file, "A=b");
    Files.setPosixFilePermissions(file, Set.of());
    assumeFalse(Files.isReadable(file), "run by root");

    CommandRun run = CommandRun.of("doctor", "--env-file", file.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).hasLineCount(1).contains("no permission to read " + file);
  }

  @Test
  void lineBreakInAnArgumentIsNoLineBreakInTheMessage() throws Exception {
    CommandRun run = CommandRun.of("doctor", "--env-file", "no\nsuch");

    assertThat(run.errors())
        .isEqualTo("doctor: no such does not exist; see scripts/doctor --help\n");
  }

  @Test
  void closedPipeIsNoFailure() throws Exception {
    PrintStream closed =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int oneByte) throws IOException {
                throw new IOException("Broken pipe");
              }
            });
    List<String> words = List.of("doctor", "--env-file", envFile("ED_ENDPOINT=https://a.example"));

    assertThat(AdvisorCommand.run(words, closed, closed, Map.of())).isZero();
  }

  @Test
  void defectIsOneLine() throws Exception {
    Map<String, String> broken =
        new HashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          public int size() {
            throw new IllegalStateException("broken");
          }
        };
    CommandRun run =
        CommandRun.in(broken, "doctor", "--env-file", envFile("ED_ENDPOINT=https://a.example"));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .hasLineCount(1)
        .startsWith("doctor: a defect: java.lang.IllegalStateException at ");
  }

  @Test
  void longLinesEndBeforeTheEdgeOfATerminal() {
    Page narrow = new Page(40);

    assertThat(narrow.wrapped(9, "a line that is longer than the terminal is wide"))
        .isEqualTo(
            """
            a line that is longer than the
                     terminal is wide\
            """);
    assertThat(narrow.wrapped(9, "x".repeat(50) + " y")).isEqualTo("x".repeat(50) + "\n         y");
    assertThat(Page.of(Map.of("COLUMNS", "40")).wrapped(9, "x y ".repeat(99))).doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing to read                | doctor
          no name of a file              | doctor --env-file=
          missing required parameter     | doctor --env-file
          specified only once            | doctor --env-file a --env-file b
          is too much                    | doctor --env-file a --json=yes
          expected a name or an ARN      | doctor --function --profile=x
          several sources                | doctor --env-file a --template b
          does not exist                 | doctor --env-file /no/such/file
          is a folder                    | doctor --env-file /
          unknown option '--bogus'       | doctor --bogus
          unexpected argument 'x'        | doctor x
          need --template                | doctor --env-file a --resource F
          expected a region              | doctor --env-file a --region Europe
          """)
  void wrongUsageIsOneLine(String reason, String words) throws Exception {
    CommandRun run = CommandRun.of(words.split(" ", -1));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors())
        .hasLineCount(1)
        .startsWith("doctor: ")
        .contains(reason)
        .endsWith("; see scripts/doctor --help\n");
  }
}
