package dev.logshipper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Parser<Integer> NUMBER = Parsers.wholeNumber(1, 100);
  private static final Setting<Integer> CORE = Setting.withDefault("CORE", NUMBER, 20, "");

  private static final Setting<Integer> SIZE =
      Setting.withDefault("SIZE", Parsers.wholeNumber(1, 9), 5, "A size.").alias("OLD", "OLDER");
  private static final Setting<String> PLACE =
      Setting.required("PLACE", Parsers.oneOf("here", "there"), "A place.");
  private static final Setting<Boolean> LOUD =
      Setting.optional("LOUD", Parsers.flag(), "Whether it is loud.");
  private static final Setting<Integer> PIN =
      Setting.withDefault("PIN", Parsers.wholeNumber(0, 9999), 1234, "A secret.").secret();
  private static final List<Setting<?>> ALL = List.of(SIZE, PLACE, LOUD, PIN);

  @Test
  void theDefaultHoldsForWhatIsNotSet() {
    Settings settings = Settings.of(Map.of("PLACE", "here"), ALL);
    assertThat(settings.get(SIZE)).isEqualTo(5);
    assertThat(settings.isSet(SIZE)).isFalse();
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void whatIsSetToSomethingUsableIsSet() {
    Settings settings = Settings.of(Map.of("OLDER", "5"), ALL);
    assertThat(settings.isSet(SIZE)).isTrue();
    assertThat(settings.isSet(LOUD)).isFalse();
  }

  @Test
  void theEnvironmentIsThatOfThisProcess() {
    assertThat(Settings.environmentOfProcess()).isNotEmpty().isEqualTo(System.getenv());
  }

  @Test
  void blankCountsAsNotSet() {
    Settings settings = Settings.of(Map.of("PLACE", " \t", "SIZE", "", "OLD", "7"), ALL);
    assertThat(settings.find(PLACE)).isEmpty();
    assertThat(settings.get(SIZE)).isEqualTo(7);
  }

  @Test
  void theNameWinsOverItsAliasesAndTheContradictionIsSaid() {
    Settings settings =
        Settings.of(Map.of("PLACE", "here", "OLDER", "3", "OLD", "2", "SIZE", "1"), ALL);
    assertThat(settings.get(SIZE)).isEqualTo(1);
    assertThat(messages(settings)).containsExactly("OLD and SIZE disagree; SIZE is used");
  }

  @Test
  void theFirstAliasWinsOverTheSecond() {
    Settings settings = Settings.of(Map.of("PLACE", "here", "OLDER", "3", "OLD", "2"), ALL);
    assertThat(settings.get(SIZE)).isEqualTo(2);
    assertThat(messages(settings)).containsExactly("OLDER and OLD disagree; OLD is used");
  }

  @Test
  void namesThatAgreeAreNoProblem() {
    Settings settings = Settings.of(Map.of("PLACE", "here", "OLDER", "3", "OLD", "3"), ALL);
    assertThat(settings.get(SIZE)).isEqualTo(3);
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void anUnusableValueIsShownWithWhatWasExpectedAndWhatHolds() {
    Settings settings = Settings.of(Map.of("PLACE", "here", "OLD", "10"), ALL);
    assertThat(settings.get(SIZE)).isEqualTo(5);
    assertThat(settings.isSet(SIZE)).isFalse();
    assertThat(settings.problems())
        .containsExactly(
            new Problem("OLD", "OLD=10: expected a whole number from 1 to 9", "; 5 is used"));
  }

  @Test
  void anUnusableOptionalValueIsIgnored() {
    Settings settings = Settings.of(Map.of("PLACE", "here", "LOUD", "very"), ALL);
    assertThat(settings.find(LOUD)).isEmpty();
    assertThat(messages(settings))
        .containsExactly("LOUD=very: expected true or false; it is ignored");
  }

  @Test
  void aMissingRequiredVariableTurnsItsOwnerOff() {
    Settings settings = Settings.of(Map.of(), ALL);
    assertThat(settings.isComplete(List.of(SIZE, LOUD))).isTrue();
    assertThat(settings.isComplete(ALL)).isFalse();
    assertThat(messages(settings))
        .containsExactly(
            "PLACE is not set: expected one of here, there; its sink is off and records for it are"
                + " dropped");
  }

  @Test
  void anUnusableRequiredVariableTurnsItsOwnerOff() {
    Settings settings = Settings.of(Map.of("PLACE", "nowhere"), ALL);
    assertThat(settings.isComplete(ALL)).isFalse();
    assertThat(messages(settings))
        .containsExactly(
            "PLACE=nowhere: expected one of here, there; its sink is off and records for it are"
                + " dropped");
  }

  @Test
  void allProblemsAreSaidTogetherInTheOrderOfDeclaration() {
    Settings settings = Settings.of(Map.of("PIN", "x", "LOUD", "x", "SIZE", "x"), ALL);
    assertThat(settings.problems())
        .extracting(Problem::variable)
        .containsExactly("SIZE", "PLACE", "LOUD", "PIN");
  }

  @Test
  void aSecretIsNeverShownNorItsDefault() {
    Settings settings = Settings.of(Map.of("PLACE", "here", "PIN", "hunter2"), ALL);
    assertThat(messages(settings))
        .containsExactly("PIN=***: expected a whole number from 0 to 9999; the default is used");
    assertThat(settings.problems().toString()).doesNotContain("hunter2").doesNotContain("1234");
  }

  @Test
  void aUrlIsNeverShownAlsoWhereNoneIsExpected() {
    Settings settings = Settings.of(Map.of("SIZE", "https://me:hunter2@a", "PLACE", "here"), ALL);
    assertThat(messages(settings)).singleElement().asString().startsWith("SIZE=***: expected ");
  }

  @Test
  void contradictingSecretsAreNotShown() {
    Setting<Integer> secret = PIN.alias("CODE");
    Settings settings = Settings.of(Map.of("PIN", "11", "CODE", "22"), List.of(secret));
    assertThat(messages(settings)).containsExactly("CODE and PIN disagree; PIN is used");
  }

  @Test
  void aLongValueIsCut() {
    Settings settings = Settings.of(Map.of("PLACE", "x".repeat(4000)), ALL);
    assertThat(messages(settings).getFirst()).startsWith("PLACE=" + "x".repeat(40) + "…:");
  }

  @Test
  void aValueOfUsualLengthIsShownWhole() {
    Settings settings = Settings.of(Map.of("PLACE", "x".repeat(40)), ALL);
    assertThat(messages(settings).getFirst()).startsWith("PLACE=" + "x".repeat(40) + ":");
  }

  @Test
  void anOwnerSeesNoVariableButItsOwn() {
    Settings own = Settings.of(Map.of("PLACE", "here"), ALL).only(List.of(PLACE));
    assertThat(own.get(PLACE)).isEqualTo("here");
    assertThatThrownBy(() -> own.find(SIZE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SIZE");
    assertThatThrownBy(() -> own.isSet(SIZE)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nobodyCanOwnWhatWasNotDeclared() {
    Settings settings = Settings.of(Map.of(), List.of(SIZE));
    assertThatThrownBy(() -> settings.only(List.of(PLACE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void gettingWhatHasNoValueIsAProgrammingError() {
    Settings settings = Settings.of(Map.of(), ALL);
    assertThatThrownBy(() -> settings.get(LOUD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LOUD");
  }

  @Test
  void aSettingDescribesItself() {
    assertThat(SIZE.aliases()).containsExactly("OLD", "OLDER");
    assertThat(SIZE.expected()).isEqualTo("a whole number from 1 to 9");
    assertThat(SIZE.fallback()).contains(5);
    assertThat(SIZE.summary()).isEqualTo("A size.");
    assertThat(SIZE.isSecret()).isFalse();
    assertThat(PIN.isSecret()).isTrue();
    assertThat(PLACE.isRequired()).isTrue();
    assertThat(PLACE).hasToString("PLACE");
  }

  @Test
  void aSettingIsRequiredOrHasADefaultOrMayBeAbsent() {
    Setting<Boolean> required = Setting.required("A", Parsers.flag(), "A.");
    Setting<Boolean> withDefault = Setting.withDefault("A", Parsers.flag(), true, "A.");
    Setting<Boolean> optional = Setting.optional("A", Parsers.flag(), "A.");
    assertThat(List.of(required, withDefault, optional))
        .extracting(Setting::isRequired)
        .containsExactly(true, false, false);
    assertThat(List.of(required, withDefault, optional))
        .extracting(Setting::fallback)
        .containsExactly(Optional.empty(), Optional.of(true), Optional.empty());
  }

  @Test
  void secrecyAndRequirementSurviveAnAlias() {
    Setting<String> setting = Setting.required("A", Parsers.text(), "A.").secret().alias("B");
    assertThat(setting.isSecret()).isTrue();
    assertThat(setting.isRequired()).isTrue();
  }

  private static List<String> messages(Settings settings) {
    return settings.problems().stream().map(Problem::message).toList();
  }

  @Test
  void unusableValueOfASinkNamesTheValueOfCoreInEffect() {
    Settings settings =
        Settings.of(
            Map.of("ED_SIZE", "lots"),
            List.of(CORE, Setting.optional("ED_SIZE", NUMBER, "").standsFor("CORE")));

    assertThat(messages(settings))
        .singleElement()
        .asString()
        .startsWith("ED_SIZE=lots: ")
        .endsWith("; 20 is used");
  }

  @Test
  void valueOfASinkThatDiffersFromCoresIsReported() {
    Setting<Integer> size = Setting.optional("ED_SIZE", NUMBER, "").standsFor("CORE");

    assertThat(messages(Settings.of(Map.of("ED_SIZE", "5", "CORE", "7"), List.of(CORE, size))))
        .containsExactly("ED_SIZE and CORE disagree; CORE is used");
    assertThat(messages(Settings.of(Map.of("ED_SIZE", "7", "CORE", "7"), List.of(CORE, size))))
        .isEmpty();
    assertThat(messages(Settings.of(Map.of("ED_SIZE", "5"), List.of(CORE, size)))).isEmpty();
  }

  @Test
  void valueOfAnotherKindIsComparedAsOneOfCore() {
    Setting<Boolean> many =
        Setting.optional("ED_MANY", Parsers.flag(), "").standsFor("CORE", yes -> yes ? 9 : null);

    assertThat(messages(Settings.of(Map.of("ED_MANY", "true", "CORE", "7"), List.of(CORE, many))))
        .containsExactly("ED_MANY and CORE disagree; CORE is used");
    assertThat(messages(Settings.of(Map.of("ED_MANY", "false", "CORE", "7"), List.of(CORE, many))))
        .isEmpty();
  }
}
