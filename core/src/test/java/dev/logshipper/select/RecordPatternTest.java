package dev.logshipper.select;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPatternTest {
  @ParameterizedTest
  @CsvSource({
    "health, GET /health, true",
    "health, GET /heal, false",
    "aab, aaab, true",
    "ababc, abababc, true",
    "a|health, GET /health, true",
    "x|y, GET /health, false",
    "GET /a\\.b, GET /a.b, true",
    "GET /a\\.b, GET /a-b, false",
    "a.b, a-b, true",
    "(?i)Error|warn, an ERROR, true",
    "(?i)Error|warn, an Err, false",
    "(?i)error.x, an ERROR x, true",
    "(?i)caf\u00e9, CAF\u00c9, true",
    "^\\d+$, 123, true",
    "^\\d+$, 123a, false",
    "caf\u00e9, le caf\u00e9, true",
    "'\\bid=\\d{2}\\b', id=12 x, true",
  })
  void matchesWhereItOccurs(String expression, String line, boolean matches) {
    assertThat(pattern(expression).matches(text(line))).isEqualTo(matches);
  }

  @Test
  void looksAtTheJsonAsDelivered() {
    LogRecord json = LogRecord.json("", "function", null, "{\"path\":\"/a\\/b\"}".getBytes(UTF_8));
    assertThat(pattern("\"path\":\"/a").matches(json)).isTrue();
    assertThat(pattern("/a/b").matches(json)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[a", "a{2,1}", "*", "(?<n>a)(?<n>b)", "\\", "(?=a)", "a{1001}"})
  void rejectsInvalidExpressions(String expression) {
    assertThat(RecordPattern.parse(expression)).isNull();
  }

  @Test
  void rejectsLongAndDeepExpressions() {
    assertThat(RecordPattern.parse("a".repeat(4097))).isNull();
    assertThat(RecordPattern.parse("(".repeat(2040) + "a." + ")".repeat(2040))).isNull();
    assertThat(RecordPattern.parse("[{100}\\]]{2001}")).isNull();
    assertThat(RecordPattern.parse("(\\d{4}-){3}\\d{4}|x{2,}y{,3}|[]{9}]{500}")).isNotNull();
    assertThat(RecordPattern.parse("((a{100}){100}){100}")).isNull();
  }

  /// The case of other letters than Latin, Greek and Cyrillic ones.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)[\u3041-\u3093].",
        "x.(?i:[\u0531-\u0556])",
        "(?i)a.\u10d0",
        "(?i)\\x{3042}.",
        "(?i)[[:alpha:]\u10d0]",
      })
  void rejectsRareScriptsInAnyCase(String expression) {
    assertThat(RecordPattern.parse(expression)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\u3041-\u3093].",
        "(?i)\u0432.",
        "(?i)[^\\x00-\\x7f]",
        "(?i)[[:alpha:]].",
        "(?i)a(?-i)[\u3041-\u3093]",
        "(?i)\\p{Cyrillic}",
      })
  void acceptsOtherClassesInAnyCase(String expression) {
    assertThat(RecordPattern.parse(expression)).isNotNull();
  }

  @Test
  void expressionsWithoutOperatorsNeedNoLibrary() {
    assertThat(pattern("healthcheck|GET /ping")).isInstanceOf(LiteralPattern.class);
    assertThat(pattern("a.b")).isInstanceOf(ExpressionPattern.class);
    assertThat(pattern("a|")).isInstanceOf(ExpressionPattern.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a*)*b", "(a|aa)+$", "aaaaaaaaaaaaaaaaaaab", "(x+x+)+y"})
  void needsLinearTime(String expression) {
    LogRecord hostile = text("a".repeat(100_000) + "x".repeat(100_000));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> pattern(expression).matches(hostile));
  }

  private static RecordPattern pattern(String expression) {
    return requireNonNull(RecordPattern.parse(expression));
  }

  private static LogRecord text(String line) {
    return LogRecord.text("", "function", null, line.getBytes(UTF_8));
  }
}
