package dev.logshipper.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownVariablesTest {
  private static final List<Setting<?>> KNOWN =
      List.of(
          Setting.optional("PUSHER_BUFFER_MB", Parsers.text(), "A."),
          Setting.optional("PUSHER_MODE", Parsers.text(), "B.").alias("PUSHER_OLD_MODE"));

  @Test
  void aTypingMistakeIsAnsweredWithTheNearestName() {
    assertThat(problems(Map.of("PUSHER_BUFER_MB", "1", "PUSHER_MOED", "s3")))
        .containsExactly(
            "PUSHER_BUFER_MB is not a known variable: did you mean PUSHER_BUFFER_MB? It is ignored",
            "PUSHER_MOED is not a known variable: did you mean PUSHER_MODE? It is ignored");
  }

  /// What a person must change to get the name counts, wherever in the name it is.
  @ParameterizedTest
  @CsvSource({
    "PUSHER_BC, PUSHER_B, PUSHER_BCDE, PUSHER_B",
    "PUSHER_BCD, PUSHER_B, PUSHER_BCDE, PUSHER_BCDE",
    "PUSHER_BC, A_LONG_PUSHER_BC, PUSHER_BD, PUSHER_BD",
    "PUSHER_B, AAAAAAAAAAAAAAAAAAAAAAAA, PUSHER_LONG_NAMES, PUSHER_LONG_NAMES",
    "PUSHER_X, PUSHER_A, PUSHER_B, PUSHER_A"
  })
  void theNearestNameIsTheOneWithTheFewestChanges(
      String mistake, String first, String second, String nearest) {
    List<Setting<?>> known =
        List.of(
            Setting.optional(first, Parsers.text(), "A."),
            Setting.optional(second, Parsers.text(), "B."));
    assertThat(UnknownVariables.in(Map.of(mistake, "1"), known).getFirst().message())
        .contains("did you mean " + nearest + "?");
  }

  @Test
  void knownNamesAliasesAndVariablesOfOthersAreNoProblem() {
    assertThat(problems(Map.of("PUSHER_MODE", "x", "PUSHER_OLD_MODE", "x", "PATH", "/bin")))
        .isEmpty();
  }

  @Test
  void theValueOfAnUnknownVariableIsNotShown() {
    assertThat(problems(Map.of("PUSHER_API_KEY", "hunter2")).getFirst()).doesNotContain("hunter2");
  }

  private static List<String> problems(Map<String, String> environment) {
    return UnknownVariables.in(environment, KNOWN).stream().map(Problem::message).toList();
  }
}
