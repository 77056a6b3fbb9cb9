package dev.logshipper.select;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      value = {
        "health|ready\\d+ ~ not ready9, health ~ not ready, healt",
        "\\d{3}-\\d{4} ~ call 555-0100 ~ call 55-0100, 2026-11-28",
        "(?i)health.*check ~ HEALTHcheck, Health ~ heal the check",
        "user=\"[^\"]+\" ~ user=\"\" ~ user='a'",
        "https?://(a|b)\\.example ~ http://a.example, https://b.example ~ http://c.example",
        "(?i)tasks ~ TA\u017fKS, ta\u017f\u212as, tasks ~ tas\u212a",
        "ab+c ~ abc, abb bc ~ ac, a b c",
        "(foo|ba[rz]){2} ~ foobar, bazbaz ~ foo bar",
        "(error|fatal): .* ~ error: , fatal: x ~ error x",
        "^GET /health[a-z]*$ ~ a GET /health ~ GET /heal",
        "caf\u00e9s? ~ caf\u00e9 ~ cafe",
        "x{20}y ~ xxxxxxxxy ~ xxxxxxxy",
      })
  void textsWithoutARequiredSequenceAreRecognized(String expression, String maybe, String never) {
    Prefilter prefilter = requireNonNull(Prefilter.of(expression));
    assertThat(maybe.split(", ", -1)).allMatch(text -> prefilter.mayOccurIn(text.getBytes(UTF_8)));
    assertThat(never.split(", ", -1)).noneMatch(text -> prefilter.mayOccurIn(text.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a*", "a?", ".+", "a|", "a|.", "[^a]", "\\pL+", "^$", "(?i)\u00e9", "\\Qa\\E"})
  void withoutARequiredSequenceThereIsNone(String expression) {
    assertThat(Prefilter.of(expression)).isNull();
  }

  @Test
  void longAndWideExpressionsAreCutToOneWord() {
    StringBuilder wide = new StringBuilder("x.y");
    for (char c = 'a'; c < 'p'; c++) {
      wide.append("|").append(("" + c).repeat(30)).append("\\d");
    }
    Prefilter prefilter = requireNonNull(Prefilter.of(wide.toString()));
    assertThat(prefilter.mayOccurIn("c".repeat(30).getBytes(UTF_8))).isTrue();
    assertThat(prefilter.mayOccurIn("cbdef0123456789".getBytes(UTF_8))).isFalse();
  }

  /// Compared with RE2/J alone, over expressions and lines that are made at random.
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD)
  void noMatchIsEverMissed() {
    int matches = 0;
    int spared = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      RandomExpressions random = new RandomExpressions(seed);
      String expression = random.next();
      Pattern pattern = compiled(expression);
      Prefilter prefilter = pattern == null ? null : Prefilter.of(expression);
      for (int i = 0; prefilter != null && i < 30; i++) {
        byte[] line = random.line(expression).getBytes(UTF_8);
        boolean occurs = requireNonNull(pattern).matcher(line).find();
        boolean mayOccur = prefilter.mayOccurIn(line);
        assertThat(mayOccur || !occurs)
            .as("seed %d: %s in %s", seed, expression, new String(line, UTF_8))
            .isTrue();
        matches += occurs ? 1 : 0;
        spared += mayOccur ? 0 : 1;
      }
    }
    assertThat(matches).isGreaterThan(20_000);
    assertThat(spared).isGreaterThan(100_000);
  }

  private static @Nullable Pattern compiled(String expression) {
    try {
      return ShapeReader.foldsRareScript(expression) ? null : Pattern.compile(expression);
    } catch (PatternSyntaxException _) {
      return null;
    }
  }
}
