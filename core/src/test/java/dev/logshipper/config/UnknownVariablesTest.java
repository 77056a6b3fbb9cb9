package dev.logshipper.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    "PUSHER_X, PUSHER_A, PUSHER_B, PUSHER_A",
    "PUSHER_BUFFER, PUSHER_BUFFER_MB, PUSHER_MODE, PUSHER_BUFFER_MB"
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

  @ParameterizedTest
  @ValueSource(strings = {"PUSHER_S3_BUCKET", "PUSHER_XY", "PUSHER_OTLP_URL"})
  void aNameThatIsLikeNoOtherGetsNoSuggestion(String unknown) {
    assertThat(problems(Map.of(unknown, "1")))
        .containsExactly(unknown + " is not a known variable; it is ignored");
  }

  @Test
  void theVariableOfASinkThatTheLayerLacksGetsNoSuggestion() {
    Map<String, String> environment = Map.of("PUSHER_MO_DE", "1");
    assertThat(UnknownVariables.in(environment, KNOWN, List.of(), List.of("mo"), "meo"))
        .extracting(Problem::message)
        .containsExactly("PUSHER_MO_DE: this layer has no sink named mo, only meo; it is ignored");
  }

  @ParameterizedTest
  @CsvSource({
    "ED_ENDPOIN, ED_ENDPOINT",
    "ED_ENDPIONT, ED_ENDPOINT",
    "LOKI_ENDPONT_URL, LOKI_ENDPOINT_URL",
    "LOKI_APPLICATION_LABLE, LOKI_APPLICATION_LABEL",
    "KINESIS_ENDPONT, KINESIS_ENDPOINT",
    "KINESIS_ENDPOINTS, KINESIS_ENDPOINT",
    "ADAPTIVE_BATCHING_EXTENSION_S3_BUKET, ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET",
  })
  void typingMistakesInVariablesOfOtherExtensionsAreFound(String mistake, String meant) {
    assertThat(foreignProblems(mistake))
        .containsExactly(
            mistake + " is not a known variable: did you mean " + meant + "? It is ignored");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOKI_URL",
        "LOKI_ENDPOINT_URL_2",
        "ED_ENDPOINT2",
        "ED_ENV",
        "EDITOR",
        "KINESIS_STREAM",
        "AWS_CA_BUNDLES",
        "LOKI_ENDPOINT",
        "ED_",
        "_ED",
        ""
      })
  void variablesOfOtherSoftwareAreNoProblem(String variable) {
    assertThat(foreignProblems(variable)).isEmpty();
  }

  @Test
  void mistakesInVariablesOfSinksThatAreNotSelectedAreNoProblem() {
    List<Setting<?>> all = List.of(Setting.optional("ED_ENDPOINT", Parsers.text(), "A."));
    assertThat(UnknownVariables.in(Map.of("ED_ENDPOIN", "x"), all)).isEmpty();
  }

  private static List<String> foreignProblems(String variable) {
    List<Setting<?>> all = new ArrayList<>(KNOWN);
    for (String name :
        List.of(
            "ED_ENDPOINT",
            "LOKI_ENDPOINT_URL",
            "LOKI_APPLICATION_LABEL",
            "KINESIS_ENDPOINT",
            "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET",
            "AWS_CA_BUNDLE",
            "TMPDIR")) {
      all.add(Setting.optional(name, Parsers.text(), "A."));
    }
    return UnknownVariables.in(Map.of(variable, "1"), all, all, List.of(), "").stream()
        .map(Problem::message)
        .toList();
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
