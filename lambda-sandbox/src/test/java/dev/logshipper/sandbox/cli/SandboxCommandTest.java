package dev.logshipper.sandbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.sandbox.report.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class SandboxCommandTest {

  /// Registers, accepts deliveries and posts each body, unchanged, to the address in `TARGET`.
  private static final String FORWARDER =
      """
      #!/usr/bin/env python3
      import http.server, json, os, threading, time, urllib.request
      api = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API']
      def call(method, path, body=None, headers={}):
          request = urllib.request.Request(api + path, body and json.dumps(body).encode(), headers, method=method)
          return urllib.request.urlopen(request)
      class Logs(http.server.BaseHTTPRequestHandler):
          def do_POST(self):
              body = self.rfile.read(int(self.headers['Content-Length']))
              lines = '\\n'.join(json.dumps(event) for event in json.loads(body))
              urllib.request.urlopen(urllib.request.Request(os.environ['TARGET'], lines.encode()))
              self.send_response(200); self.send_header('Content-Length', '0'); self.end_headers()
          def log_message(self, *words): pass
      server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Logs)
      threading.Thread(target=server.serve_forever, daemon=True).start()
      name = os.path.basename(__file__)
      response = call('POST', '/2020-01-01/extension/register', {'events': ['INVOKE', 'SHUTDOWN']},
                      {'Lambda-Extension-Name': name})
      identity = {'Lambda-Extension-Identifier': response.headers['Lambda-Extension-Identifier']}
      call('PUT', '/2022-07-01/telemetry', {'schemaVersion': '2022-12-13', 'types': ['function'],
           'buffering': {'timeoutMs': 25, 'maxBytes': 262144, 'maxItems': 1000},
           'destination': {'protocol': 'HTTP', 'URI': 'http://sandbox.localdomain:%d' % server.server_port}}, identity)
      while json.load(call('GET', '/2020-01-01/extension/event/next', None, identity))['eventType'] != 'SHUTDOWN':
          pass
      time.sleep(0.5) # the last delivery comes meanwhile
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, UTF_8);

  private int run(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of(words));
    int end = line.indexOf("--function");
    line.addAll(end < 0 ? line.size() : end, List.of("--page", page().toString()));
    return SandboxCommand.run(line, out, out, Terminal.plain(out));
  }

  private Path page() {
    return folder.resolve("page.html");
  }

  private String printed() {
    return printed.toString(UTF_8);
  }

  private String extension(String program) throws IOException {
    Path file = Files.createDirectories(folder.resolve("layer/extensions")).resolve("mine");
    Files.writeString(file, program);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder.resolve("layer").toString();
  }

  @Test
  void invocationsAreCountedAndTheTimelineIsWritten() throws Exception {
    Path timeline = folder.resolve("timeline.json");

    assertThat(run("--lines", "3", "--invocations", "2", "--timeline", timeline.toString()))
        .isZero();

    assertThat(printed()).contains("2 invocations (0 failed)", "invocation 2  success");
    assertThat(timeline).isNotEmptyFile();
    assertThat(page()).content().contains("invocation 2", "line 2 GET /orders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--timeline", "--page"})
  void fileThatCannotBeWrittenSetsTheExitCode(String option) throws Exception {
    List<String> words = List.of("--lines", "1", option, "/proc/events");

    assertThat(SandboxCommand.run(words, out, out, Terminal.plain(out))).isEqualTo(1);

    assertThat(printed()).contains("3 invocations", "/proc/events").doesNotContain("\tat ");
  }

  @Test
  void failedInvocationSetsTheExitCode() throws Exception {
    assertThat(run("--invocations", "1", "--function", "--", "/bin/false")).isEqualTo(1);

    assertThat(printed()).contains("Runtime.ExitError");
  }

  @Test
  void outputOfAFunctionThatDoesNotStartIsShown() throws Exception {
    assertThat(
            run("run", "--invocations", "1", "--function", "sh -c 'echo no such module; exit 3'"))
        .isEqualTo(1);

    assertThat(printed()).contains("Runtime.ExitError", "exit code 3", "| no such module");
  }

  @Test
  void linesOfAnyExtensionAreFollowedToTheDestination() throws Exception {
    assertThat(
            run(
                "run",
                "--layer",
                extension(FORWARDER),
                "--mode",
                "http",
                "--env",
                "TARGET={url}/anything",
                "--invocations",
                "2",
                "--lines",
                "5",
                "--show"))
        .isZero();

    assertThat(printed())
        .contains(
            "10 of the function's 10 lines arrived", "POST /anything", "  | INFO ", "Timeline: ");
    assertThat(page()).content().contains("Sends to http", "Deliveries to mine");
  }

  @Test
  void linesThatDoNotArriveSetTheExitCode() throws Exception {
    assertThat(run("--mode", "http", "--lines", "2", "--invocations", "1")).isEqualTo(1);

    assertThat(printed()).contains("0 of the function's 2 lines arrived; missing:");
  }

  @Test
  void jsonIsOneObjectAndNothingElse() throws Exception {
    assertThat(run("--mode", "loki", "--lines", "2", "--invocations", "2", "--json")).isEqualTo(1);

    JsonNode json = JsonMapper.builder().build().readTree(printed());
    assertThat(json.path("succeeded").asBoolean()).isFalse();
    assertThat(json.path("invocations")).hasSize(2);
    assertThat(json.path("printed")).hasSize(4);
    assertThat(json.at("/destination/missing")).hasSize(4);
  }

  @Test
  void faultOfTheDestinationLastsForItsInvocations() throws Exception {
    run("--mode", "http", "--lines", "0", "--invocations", "4", "--fault", "503@2..3");

    List<String> lines = printed().lines().map(String::strip).toList();
    assertThat(lines)
        .containsSubsequence("fault      status 503 begins", "fault      status 503 ends");
    assertThat(lines.indexOf("fault      status 503 begins")).isEqualTo(2);
    assertThat(lines.indexOf("fault      status 503 ends")).isEqualTo(5);
    assertThat(page()).content().contains("Faults of the destination");
  }

  @Test
  void functionStartsInTheCurrentFolderOrInTheOneGiven() throws Exception {
    String script = "sh -c 'echo $PWD $LAMBDA_TASK_ROOT; exit 1'";
    Path work = Files.createDirectory(folder.resolve("work"));

    run("--invocations", "1", "--function", script);
    run("--invocations", "1", "--workdir", work.toString(), "--function", script);

    String here = Path.of("").toAbsolutePath().toString();
    assertThat(printed()).contains("| " + here + " " + here, "| " + work + " " + work);
  }

  @Test
  void exampleInBashRunsAsItIs() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "no curl");
    String function = "../examples/functions/bash/bootstrap";

    assertThat(run("--show", "--event", "{\"order\": \"7\"}", "--function", function)).isZero();
    assertThat(run("--event", "{\"fail\": true}", "--function", function)).isEqualTo(1);

    assertThat(printed())
        .contains("| plain text about order 7", "OrderFailed: order 1 failed", "(3 failed)");
  }

  @Test
  void layersAreMergedInTheirOrder() throws Exception {
    String first = extension("#!/bin/sh\nexit 7\n");
    Path zip = folder.resolve("second.zip");
    try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(zip))) {
      entries.putNextEntry(new ZipEntry("extensions/mine"));
      entries.write("#!/bin/bash\n".getBytes(UTF_8));
    }

    assertThat(run("--layer", first, "--layer", zip.toString(), "--invocations", "1")).isEqualTo(1);

    // The zip states no permissions, and so the file is no program, as on Lambda.
    assertThat(printed()).contains("Extension.LaunchError: mine: permission denied");
    assertThat(page()).content().contains("layer + second.zip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --lamda                         | unknown option '--lamda'
          everything                      | unexpected argument 'everything'
          --layer                         | missing required parameter for option '--layer' (PATH)
          --layer /nonexistent            | there is no such file or folder
          --layer pom.xml                 | --layer pom.xml is neither a folder nor a zip
          --layer src                     | --layer src is no layer with an extension
          --extensions /nonexistent       | is no layer with an extension
          --layer src --extensions src    | exclude each other
          --invocations 0                 | --invocations 0: expected a number from 1 to 1000000
          --invocations many              | invalid value for option '--invocations': 'many'
          --memory 64                     | --memory 64: expected a number from 128 to 10240
          --timeout soon                  | --timeout: 'soon' is no duration: expected a number with its unit
          --timeout 5                     | --timeout: '5' is no duration: expected a number with its unit
          --timeout 20m                   | expected a number from 1 to 900000
          --every 1s --pause 1s           | --every and --pause exclude each other
          --mode kafka                    | --mode kafka: expected one of http, loki, kinesis, s3
          --format yaml                   | --format yaml: expected text or json
          --fault 503@1                   | --fault needs --mode
          --mode http --fault 200@1       | --fault 200@1: expected a status from 400 to 599
          --mode http --fault 503@3..2    | the smaller one first
          --env NAME                      | --env NAME: expected NAME=value
          --env A={url}                   | {url} needs --mode
          --event {                       | --event is no JSON
          --event @/nonexistent           | --event: /nonexistent is missing or cannot be read
          --workdir /nonexistent          | --workdir /nonexistent is no folder
          --timeline src                  | --timeline src is a folder: expected a file
          --managed-instances 2 --snap-start | exclude each other
          --                              | '--' must stand between --function and its command
          --function --                   | '--' must stand between --function and its command
          """)
  void wrongUsageIsOneLine(String words, String reason) throws Exception {
    assertRejected(reason, words.split(" "));
  }

  private void assertRejected(String reason, String... words) throws Exception {
    assertThat(SandboxCommand.run(List.of(words), out, out, Terminal.plain(out))).isEqualTo(2);

    assertThat(printed().lines()).hasSize(1);
    assertThat(printed())
        .startsWith("sandbox: ")
        .contains(reason)
        .endsWith("; see scripts/sandbox --help\n");
  }

  @Test
  void emptyCommandLineIsRejected() throws Exception {
    assertRejected("nothing to run: expected --layer, --function or --mode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void helpIsPrinted(String option) throws Exception {
    PrintStream errors = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);

    assertThat(SandboxCommand.run(List.of("run", option), out, errors, Terminal.plain(out)))
        .isZero();

    assertThat(printed()).contains("--layer=PATH", "Exit codes");
  }

  @Test
  void helpOfTheScriptNamesEveryOption() throws Exception {
    String script = Files.readString(Path.of("../scripts/sandbox"));
    for (OptionSpec option : new CommandLine(new RunOptions()).getCommandSpec().options()) {
      if (!option.usageHelp()) {
        assertThat(script).contains("#   " + option.names()[0]);
      }
    }
  }
}
