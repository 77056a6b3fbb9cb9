package dev.logshipper.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  private static final Path ROOT = Path.of("/repository");

  @Test
  void everythingHasADefault() {
    Settings settings = parse();
    assertThat(settings.scenarios()).containsExactly(Scenario.values());
    assertThat(settings.repetitions()).isEqualTo(9);
    assertThat(settings.sinks()).containsExactly("http", "loki", "kinesis", "s3");
    assertThat(settings.layer()).isEqualTo(ROOT.resolve("extension-bundle/target/layer"));
    assertThat(settings.memoryMegabytes()).isEmpty();
    assertThat(settings.readme()).isNull();
  }

  @Test
  void wordsNameScenarios() {
    assertThat(parse("start", "--quick").scenarios()).containsExactly(Scenario.START);
    assertThat(parse("--quick").repetitions()).isEqualTo(3);
  }

  @Test
  void variablesAndADestinationBelongToTheExtensionBeforeThem() {
    Settings settings =
        parse(
            "--against",
            "/bin/true",
            "--env",
            "A={url}",
            "--env",
            "B=1=2", //
            "--against",
            "/bin/false",
            "--destination",
            "loki");
    assertThat(settings.against())
        .containsExactly(
            new Against(Path.of("/bin/true"), "http", Map.of("A", "{url}", "B", "1=2")),
            new Against(Path.of("/bin/false"), "loki", Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          --fast;                     unknown option --fast
          strat;                      'strat' is not a scenario
          --repetitions 0;            --repetitions needs a number above 0, not '0'
          --repetitions;              --repetitions needs a value
          --memory 128,x;             --memory needs a number above 0, not 'x'
          --sinks http,ftp;           no sink is called 'ftp'
          --against /does/not/exist;  --against: there is no /does/not/exist
          --env A=1;                  --env belongs after an --against
          --against /bin/true --env A; --env needs K=V, not 'A'
          """)
  void whatIsWrongIsSaidInALine(String line, String message) {
    assertThatThrownBy(() -> parse(line.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private static Settings parse(String... words) {
    return Arguments.parse(List.of(words), ROOT);
  }
}
