package dev.logshipper.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.bench.candidate.OtherExtension;
import dev.logshipper.bench.scenario.RunSettings;
import dev.logshipper.bench.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  private static final Path ROOT = Path.of("/repository");

  @Test
  void allOptionsHaveDefaults() {
    RunSettings settings = parse();
    assertThat(settings.scenarios()).containsExactly(Scenario.values());
    assertThat(settings.repetitions()).isEqualTo(9);
    assertThat(settings.sinks()).containsExactly("http", "loki", "kinesis", "s3");
    assertThat(settings.layer()).isEqualTo(ROOT.resolve("extension-bundle/target/layer"));
    assertThat(settings.memoryMegabytes()).isEmpty();
    assertThat(settings.document()).isNull();
  }

  @Test
  void selectsScenarios() {
    assertThat(parse("start", "--quick").scenarios()).containsExactly(Scenario.START);
    assertThat(parse("--quick").repetitions()).isEqualTo(3);
  }

  @Test
  void comparesWithTheBaselineOnly() {
    RunSettings settings = parse("--baseline", "/", "compare", "--no-patterns");
    assertThat(settings.comparison()).isTrue();
    assertThat(settings.baselineLayer()).isEqualTo(Path.of("/layer"));
    assertThat(settings.scenarios())
        .contains(Scenario.START, Scenario.SIZE)
        .doesNotContain(Scenario.PATTERNS, Scenario.OUTAGE);
    assertThat(parse("compare", "--no-baseline").baselineLayer()).isNull();
  }

  @Test
  void variablesAndDestinationApplyToThePrecedingExtension() {
    RunSettings settings =
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
    assertThat(settings.others())
        .containsExactly(
            new OtherExtension(Path.of("/bin/true"), "http", Map.of("A", "{url}", "B", "1=2")),
            new OtherExtension(Path.of("/bin/false"), "loki", Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          --fast;                     unknown option '--fast'
          strat;                      'strat' is not a scenario
          --repetitions 0;            --repetitions needs a number above 0, not '0'
          --repetitions;              --repetitions needs a value
          --memory 128,x;             --memory needs a number above 0, not 'x'
          --sinks http,ftp;           no sink is called 'ftp'
          --baseline /does/not/exist; --baseline: there is no /does/not/exist
          --against /does/not/exist;  --against: there is no /does/not/exist
          --env A=1;                  --env must follow an --against
          --against /bin/true --env A; --env needs K=V, not 'A'
          """)
  void reportsABadCommandLineInOneLine(String line, String message) {
    assertThatThrownBy(() -> parse(line.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private static RunSettings parse(String... words) {
    return Arguments.parse(List.of(words), ROOT);
  }
}
