package dev.logshipper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.testkit.Canary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A secret is told by nothing that holds it, whether its parser takes it or not.
class RedactionTest {

  static List<Parser<?>> parsers() {
    Parser<String> failing =
        Parser.of(
            "something else",
            text -> {
              throw new IllegalArgumentException(text);
            });
    return List.of(
        Parsers.text(),
        Parsers.flag(),
        Parsers.wholeNumber(1, 9),
        Parsers.wholeNumberUpTo(1, 9),
        Parsers.httpUrl(),
        Parsers.oneOf("one"),
        Parsers.someOf("one"),
        Parsers.pairs('='),
        failing);
  }

  @ParameterizedTest
  @MethodSource("parsers")
  <T> void secretIsToldByNothingThatHoldsIt(Parser<T> parser) {
    for (String value :
        List.of(
            Canary.WORD,
            "name=" + Canary.WORD,
            "https://user:" + Canary.WORD + "@host/",
            "https://user:" + Canary.WORD + "@ho st/")) {
      Setting<T> secret = Setting.required("TOKEN", parser, "A token.").alias("KEY").secret();
      Settings settings = Settings.of(Map.of("TOKEN", value, "KEY", "x" + value), List.of(secret));

      assertThat(settings.problems()).isNotEmpty();
      Canary.isNotIn(settings, settings.problems(), secret, parser);
      Parser.Reading<T> reading = parser.parse(value);
      if (reading == null) {
        Canary.isNotIn(catchThrowable(() -> settings.get(secret)));
      } else {
        Canary.isNotIn(reading);
      }
    }
  }

  @Test
  void secretDefaultIsNotShown() {
    Setting<String> secret =
        Setting.withDefault("TOKEN", Parsers.oneOf("one"), Canary.WORD, "A token.").secret();
    Settings settings = Settings.of(Map.of("TOKEN", "two"), List.of(secret));

    Canary.isNotIn(secret, settings, settings.problems());
  }

  @Test
  void valueOfAPairIsNotShown() {
    Canary.isNotIn(new NameValue("Authorization", Canary.WORD));
    Canary.isNotIn(new Parser.Reading<>("x", Canary.WORD + " is used"));
  }
}
