package dev.logshipper.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PhaseTest {
  private static final Set<String> ALLOWED =
      Set.of(
          "REGISTERED --> WAITING",
          "REGISTERED --> STOPPED",
          "WAITING --> INVOKED",
          "INVOKED --> WAITING",
          "INVOKED --> DRAINING",
          "DRAINING --> STOPPED");

  record Step(Phase from, Phase to) {
    @Override
    public String toString() {
      return from + " --> " + to;
    }
  }

  static Stream<Step> everyPair() {
    List<Step> steps = new ArrayList<>();
    for (Phase from : Phase.values()) {
      for (Phase to : Phase.values()) {
        steps.add(new Step(from, to));
      }
    }
    return steps.stream();
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void aStepIsAllowedOrNot(Step step) {
    assertThat(step.from().successors().contains(step.to()))
        .isEqualTo(ALLOWED.contains(step.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "REGISTERED, registered",
    "WAITING, waiting",
    "INVOKED, invoked",
    "DRAINING, shutdown",
    "STOPPED, shutdown"
  })
  void eachPhaseHasAWordForTheLauncher(Phase phase, String word) {
    assertThat(phase.word()).isEqualTo(word);
  }

  @Test
  void diagramInTheDocumentShowsTheSameTransitions() throws IOException {
    Set<String> drawn = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("../ARCHITECTURE.md"))) {
      if (line.contains("-->")) {
        drawn.add(line.strip());
      }
    }
    assertThat(drawn).isEqualTo(new TreeSet<>(ALLOWED));
  }
}
