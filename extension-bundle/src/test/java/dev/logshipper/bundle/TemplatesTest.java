package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The SAM templates, one per sink, named after its mode.
class TemplatesTest {
  private static final Path FOLDER = Path.of("../examples/templates");

  @TempDir Path folder;

  @Test
  void eachSinkHasATemplate() throws IOException {
    assertThat(modes()).containsAll(BundledSink.ALL.stream().map(BundledSink::mode).toList());
  }

  @ParameterizedTest
  @MethodSource("modes")
  void templateSelectsItsSinkAndSetsDocumentedVariables(String mode) throws IOException {
    Path readme = Path.of("../sink-" + mode + "/README.md");
    Map<String, String> variables = variables(mode);

    assertThat(variables).containsEntry("PUSHER_MODE", mode);
    assertThat(documented(readme, Path.of("../docs/settings.md"))).containsAll(variables.keySet());
  }

  @ParameterizedTest
  @MethodSource("modes")
  void secretIsANoEchoParameter(String mode) throws IOException {
    String template = Files.readString(template(mode));

    variables(mode)
        .forEach((variable, value) -> {
          if (variable.endsWith("_TOKEN") || variable.endsWith("_PASSWORD")) {
            assertThat(value).startsWith("!Ref ");
            assertThat(template)
                .contains("\n  " + value.substring(5) + ":\n    Type: String\n    NoEcho: true\n");
          }
        });
  }

  @Test
  void cfnLintFindsNothing() throws Exception {
    List<String> command = new ArrayList<>(List.of("-r", "us-east-1", "--"));
    for (String mode : modes()) {
      command.add(template(mode).toString());
    }
    assumeTrue(
        cfnLint(List.of("--version")) == 0,
        "templates are not checked by cfn-lint, which is not installed: pip install cfn-lint");

    assertThat(cfnLint(command)).as(() -> output().toString()).isZero();
  }

  private int cfnLint(List<String> arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("cfn-lint"));
    command.addAll(arguments);
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
    } catch (IOException e) {
      return 127;
    }
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("cfn-lint is still running");
    }
    return process.exitValue();
  }

  private List<String> output() {
    try {
      return Files.readAllLines(folder.resolve("output"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> modes() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    }
  }

  private static Path template(String mode) {
    return FOLDER.resolve(mode + ".yaml");
  }

  /// The lines indented deeper than `Variables:`, without their comments.
  private static Map<String, String> variables(String mode) throws IOException {
    Map<String, String> variables = new TreeMap<>();
    String indent = "";
    for (String line : Files.readAllLines(template(mode))) {
      if (line.endsWith(" Variables:")) {
        indent = line.substring(0, line.indexOf('V')) + " ";
      } else if (!indent.isEmpty() && line.startsWith(indent)) {
        String[] parts = line.strip().split(": | #", 3);
        if (!parts[0].startsWith("#")) {
          variables.put(parts[0], parts[1]);
        }
      } else {
        indent = "";
      }
    }
    assertThat(variables).isNotEmpty();
    return variables;
  }

  /// The variables in the tables: the words between backticks in the first two columns.
  static List<String> documented(Path... readmes) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path readme : readmes) {
      for (String line : Files.readAllLines(readme)) {
        if (line.startsWith("| `")) {
          String[] columns = line.split("\\|", 4);
          String[] parts = (columns[1] + columns[2]).split("`", -1);
          for (int i = 1; i < parts.length; i += 2) {
            names.add(parts[i]);
          }
        }
      }
    }
    return names;
  }
}
