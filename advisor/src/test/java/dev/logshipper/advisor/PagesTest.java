package dev.logshipper.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples in the documentation.
class PagesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "```console\n\\$ scripts/((?:doctor|explain) [^\n]*)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SHOWN_FILE =
      Pattern.compile("`(examples/[^`]*\\.env)`.*?```sh\n(.*?)```", Pattern.DOTALL);
  private static final String ROOT = "../";

  static List<String[]> examples() throws IOException {
    List<String[]> examples = new ArrayList<>();
    for (String page : List.of("doctor", "explain")) {
      List<MatchResult> found = EXAMPLE.matcher(page(page)).results().toList();
      assertThat(found).as(page).isNotEmpty();
      for (MatchResult each : found) {
        examples.add(new String[] {each.group(1), each.group(2)});
      }
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleIsTrue(String command, String output) throws Exception {
    String[] words = command.replace(" examples/", " " + ROOT + "examples/").split(" ", -1);

    CommandRun run = CommandRun.of(words);

    assertThat(run.errors()).isEmpty();
    assertThat(run.output().replace(ROOT + "examples/", "examples/").strip())
        .isEqualTo(output.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "explain"})
  void fileIsShownAsItIs(String page) throws IOException {
    List<MatchResult> shown = SHOWN_FILE.matcher(page(page)).results().toList();

    assertThat(shown).isNotEmpty();
    for (MatchResult each : shown) {
      assertThat(Path.of(ROOT, each.group(1))).hasContent(each.group(2));
    }
  }

  private static String page(String name) throws IOException {
    return Files.readString(Path.of(ROOT, "docs", name + ".md"));
  }
}
