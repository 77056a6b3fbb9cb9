package dev.logshipper.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The command lines of all scripts: help and rejections, before anything is built. The scripts run
/// with stand-ins for the programs that build or change something; each call of one is a failure.
class ScriptsTest {
  private static final Path SCRIPTS = Path.of("../scripts").toAbsolutePath().normalize();
  private static final String STAND_IN =
      "#!/bin/bash\necho \"$0 $*\" >>\"${0%/*}/calls\"\nexit 1\n";

  @TempDir Path programs;

  record Run(int status, List<String> output, List<String> errors) {}

  static Stream<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @BeforeEach
  void standIns() throws IOException {
    for (String program : List.of("mvn", "java", "aws", "npm", "pip", "git", "curl", "docker")) {
      FakeLayer.executable(programs.resolve(program), STAND_IN);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void helpIsPrintedBeforeAnythingIsBuilt(String script) throws Exception {
    Run help = run(script, "--help");

    assertThat(help.status()).isZero();
    assertThat(help.errors()).isEmpty();
    assertThat(help.output()).hasSizeGreaterThan(1);
    assertThat(help.output().getFirst()).startsWith("scripts/" + script);
    assertThat(help.output()).noneMatch(line -> line.startsWith("#") || line.startsWith("set "));
    assertThat(run(script, "-h")).isEqualTo(help);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void unknownOptionIsRejectedInOneLine(String script) throws Exception {
    assertRejected(script, "unknown option '--bogus'", "--bogus");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          bench     | unexpected argument 'everything'            | everything
          bench     | --repetitions needs a value                 | --repetitions
          bench     | --repetitions 0: expected a whole number    | start --repetitions 0
          bench     | unknown sink 'htpp': expected one of http   | --sinks http,htpp
          bench     | --against: there is no /nonexistent         | start --against /nonexistent
          bench     | --memory 1GB: expected sizes in MB          | --memory 1GB start
          bench     | unknown option '--bogus'                    | --gate --bogus
          bench     | unexpected argument 'now'                   | flush now
          demo      | unknown sink 'htpp': expected one of http   | htpp
          demo      | unexpected argument 's3'                    | http s3
          doctor    | nothing to read: expected one of --env-file | --all
          doctor    | /nonexistent does not exist                 | --env-file /nonexistent
          explain   | nothing to read: expected one of --env-file | --json
          format    | unexpected argument 'core'                  | core
          fuzz      | unexpected argument 'parse': expected 'sim  | parse
          fuzz      | 'ten' is no number of minutes               | simulation ten
          fuzz      | 'ten' is neither a file nor a number        | parser ten
          fuzz      | core has no package or class 'dev.acme'     | mutation dev.logshipper.config.*,dev.acme.*
          launcher  | unexpected argument 'arm64'                 | arm64
          layer     | unknown sink 'htpp': expected one of http   | htpp
          layer     | unknown sink '': expected one of http       | http,
          layer     | unexpected argument 'loki'                  | http loki
          layer     | --arch needs a value                        | --arch
          layer     | 'riscv64' is not a processor of Lambda      | --arch riscv64
          publish   | 'riscv64' is not a processor of Lambda      | --region eu-west-1 --arch arm64,riscv64
          publish   | --zip needs --arch x86_64 or arm64          | --region eu-west-1 --arch arm64,x86_64 --zip /nonexistent
          new-sink  | 's3' is a sink of the layer itself          | s3
          new-sink  | 'My' is no name of a mode                   | My
          new-sink  | 'Acme' is no Java package                   | chat --package Acme
          new-sink  | 'new' is a word of the language             | new
          new-sink  | . exists already                            | chat --folder .
          new-sink  | unexpected argument 'b'                     | a b
          publish   | missing or cannot be read                   | --region eu-west-1 --arch arm64 --zip /nonexistent
          publish   | --zip needs --arch                          | --region eu-west-1 --zip /nonexistent
          publish   | is no layer: expected a zip with a folder   | --region eu-west-1 --arch arm64 --zip ../pom.xml
          sandbox   | unexpected argument 'everything'            | everything
          sandbox   | nothing to run: expected --layer            | run
          sandbox   | --layer /nonexistent: there is no such file | run --layer /nonexistent
          test      | unexpected argument 'core'                  | core
          validate  | unknown way 'cdk': expected one of cdk-java | cdk
          """)
  void wrongArgumentsAreRejectedInOneLine(String script, String reason, String arguments)
      throws Exception {
    assertRejected(script, reason, arguments.split(" "));
  }

  @Test
  void emptySinkIsNotTheDefault() throws Exception {
    assertRejected("demo", "unknown sink ''", "");
    assertRejected("layer", "unexpected argument ''", "");
  }

  @Test
  void fuzzNeedsAnArgument() throws Exception {
    assertRejected("fuzz", "expected 'simulation [minutes]'");
  }

  @Test
  void sinksOfTheScriptsAreThoseOfTheLayer() throws Exception {
    String sinks = String.join(" ", BundledSink.ALL.stream().map(BundledSink::mode).toList());

    assertThat(SCRIPTS.resolve("lib/command-line.sh"))
        .content()
        .contains("known_sinks=(" + sinks + ")");
  }

  @Test
  void missingNetworkIsReported() throws Exception {
    FakeLayer.executable(
        programs.resolve("mvn"),
        "#!/bin/bash\necho '[ERROR] Could not transfer artifact a:b:pom:1: Unknown host repo'; exit 1\n");

    Run run =
        run(
            List.of(
                "/bin/bash",
                "-c",
                "set -o pipefail; source ../scripts/lib/maven.sh; script=demo;"
                    + " quiet_maven '"
                    + programs.resolve("maven.log")
                    + "' package"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .containsExactly(
            "demo: Maven could not download what it needs: check the network, or the mirrors in"
                + " ~/.m2/settings.xml",
            "Full output in " + programs.resolve("maven.log"));
  }

  @Test
  void progressNamesModulesIntegrationTestsAndTotals() throws Exception {
    Run run =
        run(
            List.of(
                "/bin/bash",
                "-c",
                """
                source ../scripts/lib/maven.sh
                progress <<'END'
                [INFO] Building core 1.2.3                                     [2/9]
                [INFO] Running dev.logshipper.config.SettingTest
                [INFO] --- failsafe:3.5.4:integration-test (default) @ core ---
                [INFO] Running dev.logshipper.layer.DeliveryIT
                [INFO] Tests run: 7, Failures: 0, Errors: 0, Skipped: 0
                END
                """));

    assertThat(run.output())
        .containsExactly(
            "  0:00 [2/9] core",
            "  0:00       DeliveryIT",
            "  0:00       Tests run: 7, Failures: 0, Errors: 0, Skipped: 0");
  }

  private void assertRejected(String script, String reason, String... arguments) throws Exception {
    Run run = run(script, arguments);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors()).hasSize(1);
    assertThat(run.errors().getFirst())
        .startsWith(script + ": ")
        .contains(reason)
        .endsWith("; see scripts/" + script + " --help");
  }

  private Run run(String script, String... arguments) throws Exception {
    return run(
        Stream.concat(Stream.of(SCRIPTS.resolve(script).toString()), Stream.of(arguments))
            .toList());
  }

  private Run run(List<String> command) throws Exception {
    Path errors = Files.createTempFile(programs, "errors", "");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("PATH", programs + ":/usr/bin:/bin");
    builder.environment().remove("AWS_REGION");
    builder.environment().remove("AWS_DEFAULT_REGION");
    Process process = builder.start();
    List<String> output;
    try (InputStream printed = process.getInputStream()) {
      output = new String(printed.readAllBytes(), UTF_8).lines().toList();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(programs.resolve("calls")).doesNotExist();
    return new Run(process.exitValue(), output, Files.readAllLines(errors));
  }
}
