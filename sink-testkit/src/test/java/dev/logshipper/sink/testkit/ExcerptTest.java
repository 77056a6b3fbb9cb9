package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void equalLinesHaveNoDifference() {
    assertThat(Excerpt.ofDifference(List.of("a", ""), List.of("a", ""))).isEmpty();
  }

  @Test
  void differenceShowsTheFirstAlteredLineAroundItsDifference() {
    String sent = "x".repeat(100_000) + "A" + "y".repeat(100_000);

    assertThat(Excerpt.ofDifference(List.of("a", sent), List.of("a", sent.replace('A', 'B'))))
        .isEqualTo(
            "line 2 of 2 was sent as …\"%sA%s\"… (200001 characters)".formatted(x(20), y(39))
                + " and arrived as …\"%sB%s\"… (200001 characters)".formatted(x(20), y(39)));
  }

  @Test
  void missingAndAdditionalLinesAreCounted() {
    assertThat(Excerpt.ofDifference(List.of("a", "b"), List.of("a")))
        .isEqualTo("2 lines were sent and 1 arrived");
  }

  @Test
  void controlCharactersAreEscaped() {
    assertThat(Excerpt.of("nul \0 esc \u001b[31m\r\n\tbom \ufeff é 🦊 half \ud83d", 0))
        .isEqualTo("\"nul \\u{0} esc \\u{1b}[31m\\r\\n\\tbom \\u{feff} é 🦊 half \\u{d83d}\"");
  }

  @Test
  void alteredLineThatIsShorterThanTheDifferenceIsShown() {
    assertThat(Excerpt.ofDifference(List.of("x".repeat(70)), List.of("")))
        .endsWith("and arrived as \"\" (0 characters)");
  }

  private static String x(int count) {
    return "x".repeat(count);
  }

  private static String y(int count) {
    return "y".repeat(count);
  }
}
