package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The scripts that publish and remove the layer, in a separate project folder whose name contains
/// a space. They run with a stand-in for the `aws` command, which records each call and prints
/// scripted output, and with credentials that must never be printed.
final class ScriptsCopy {
  static final String SECRET = "A-secret-of-the-account";
  private static final Path SCRIPTS = Path.of("../scripts");
  private static final String AWS =
      """
      #!/bin/bash
      folder=${0%/*}
      previous=''
      for argument in "$@"; do
        [[ $previous == --region ]] && region=$argument
        previous=$argument
      done
      calls=("$folder"/calls/*)
      printf '%s\\n' "$@" >"$folder/calls/${#calls[@]}"
      response=$folder/responses/$2.$region
      if [[ -f $response.failure ]]; then
        cat "$response.failure" >&2
        exit 254
      elif [[ -f $response ]]; then
        cat "$response"
      elif [[ $2 == publish-layer-version ]]; then
        echo "arn:aws:lambda:$region:123456789012:layer:$4:7"
      fi
      """;

  private final Path root;
  private final Path standIn;
  private final Map<String, String> environment = new HashMap<>();

  private ScriptsCopy(Path folder) {
    root = folder.resolve("the project");
    standIn = folder.resolve("stand-in");
    environment.put("PATH", standIn + ":/usr/bin:/bin");
    environment.put("AWS_ACCESS_KEY_ID", SECRET);
    environment.put("AWS_SECRET_ACCESS_KEY", SECRET);
    environment.put("AWS_SESSION_TOKEN", SECRET);
  }

  static ScriptsCopy in(Path folder) throws IOException {
    ScriptsCopy copy = new ScriptsCopy(folder);
    Files.createDirectories(copy.root.resolve("scripts/lib"));
    Files.createDirectories(copy.root.resolve("extension-bundle/target"));
    Files.createDirectories(copy.standIn.resolve("responses"));
    Files.createDirectories(copy.standIn.resolve("calls"));
    // Never empty, so that the first call has number 1.
    Files.createFile(copy.standIn.resolve("calls/none"));
    for (String script :
        List.of(
            "publish", "remove", "lib/command-line.sh", "lib/layer-versions.sh", "lib/arm64.sh")) {
      Files.copy(SCRIPTS.resolve(script), copy.root.resolve("scripts").resolve(script));
    }
    Files.writeString(
        copy.root.resolve("pom.xml"), "<project>\n  <version>1.2.3</version>\n</project>\n");
    FakeLayer.executable(copy.standIn.resolve("aws"), AWS);
    return copy;
  }

  Path zip(String processor) {
    return root.resolve("extension-bundle/target/log-shipper-" + processor + ".zip");
  }

  /// Puts a built layer there.
  ScriptsCopy built(String processor, long bytes) throws IOException {
    try (RandomAccessFile zip = new RandomAccessFile(zip(processor).toFile(), "rw")) {
      zip.setLength(bytes);
    }
    return this;
  }

  /// Gives the copy a `scripts/layer`.
  void buildWith(String bash) throws IOException {
    FakeLayer.executable(root.resolve("scripts/layer"), "#!/bin/bash\ncd \"${0%/*}/..\"\n" + bash);
  }

  ScriptsCopy environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  void respond(String command, String region, String response) throws IOException {
    Files.writeString(standIn.resolve("responses/" + command + "." + region), response);
  }

  void fail(String command, String region, String message) throws IOException {
    respond(command, region + ".failure", message);
  }

  Run run(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("scripts").resolve(script).toString());
    command.addAll(List.of(arguments));
    return run(command);
  }

  /// Runs it with an error in its arguments or environment: it prints one line and calls nothing.
  void runRejected(String script, String message, String... arguments)
      throws IOException, InterruptedException {
    Run run = run(script, arguments);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors()).hasSize(1);
    assertThat(run.errors().getFirst())
        .startsWith(script + ": ")
        .contains(message)
        .endsWith("; see scripts/" + script + " --help");
    assertThat(calls()).isEmpty();
  }

  /// Runs the commands that a dry run printed.
  Run runInShell(List<String> lines) throws IOException, InterruptedException {
    return run(List.of("/bin/bash", "-c", String.join("\n", lines)));
  }

  private Run run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(standIn, "output", "");
    Path errors = Files.createTempFile(standIn, "errors", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(standIn.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " is still running");
    }
    Run run = new Run(process.exitValue(), Files.readAllLines(output), Files.readAllLines(errors));
    assertThat(run.toString()).doesNotContain(SECRET);
    return run;
  }

  /// The arguments of each call of `aws`, in their order.
  List<List<String>> calls() throws IOException {
    List<List<String>> calls = new ArrayList<>();
    for (int number = 1; Files.exists(call(number)); number++) {
      calls.add(Files.readAllLines(call(number)));
    }
    return calls;
  }

  /// The ARN that the stand-in prints.
  static String arn(String region, String layer) {
    return "arn:aws:lambda:" + region + ":123456789012:layer:" + layer + ":7";
  }

  private Path call(int number) {
    return standIn.resolve("calls/" + number);
  }

  /// A finished script: the lines of both outputs.
  record Run(int status, List<String> output, List<String> errors) {}
}
