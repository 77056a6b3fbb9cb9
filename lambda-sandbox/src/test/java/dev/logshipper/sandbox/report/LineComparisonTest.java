package dev.logshipper.sandbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineComparisonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain            | plain
          plain            | {"message":"plain","n":1}
          say "hi"         | {"event":{"records":[{"message":"say \\"hi\\""}]}}
          {"a": 1}         | {"message":{"a":1}}
          {"a": 1}         | {"message":"{\\"a\\":1}"}
          part             | 2026-01-01 INFO part of a longer record
          say "hi"         | {"text":"INFO say \\"hi\\" END"}
          """)
  void lineIsFoundInAnyForm(String line, String record) {
    LineComparison comparison = LineComparison.of(List.of(line), List.of(record));

    assertThat(comparison.missing()).isEmpty();
    assertThat(comparison.repeated()).isZero();
  }

  @Test
  void deepStringsOfAnEnvelopeAreRecordsOfTheirOwn() {
    String line = "{\"a\": 1}";
    String entry =
        "{\"attributes\":[{\"key\":\"n\"}],\"body\":{\"stringValue\":\"{\\\"a\\\": 1}\"}}";
    String envelope =
        "{\"resources\":[{\"scopes\":[{\"records\":[%s,%s]}]}]}".formatted(entry, entry);

    LineComparison comparison = LineComparison.of(List.of(line, line, line), List.of(envelope));

    assertThat(comparison.missing()).containsExactly(line);
    assertThat(comparison.repeated()).isZero();
  }

  @Test
  void joinedLinesAreCountedOneByOne() {
    List<String> trace = List.of("E: boom", "  at f", "  at f", "  at main");

    LineComparison comparison =
        LineComparison.of(trace, List.of("{\"text\":\"E: boom\\n  at f\\n  at f\\n  at main\"}"));

    assertThat(comparison.missing()).isEmpty();
    assertThat(comparison.repeated()).isZero();
  }

  @Test
  void twoViewsOfARecordAreOneArrival() {
    LineComparison comparison =
        LineComparison.of(List.of("a"), List.of("{\"message\":\"a\",\"original\":\"a\"}"));

    assertThat(comparison.repeated()).isZero();
  }

  @Test
  void equalLinesAreCounted() {
    LineComparison comparison =
        LineComparison.of(List.of("a", "a", "b", "c", " "), List.of("a", "b", "b", "x"));

    assertThat(comparison.printed()).isEqualTo(4);
    assertThat(comparison.arrived()).isEqualTo(2);
    assertThat(comparison.missing()).containsExactlyInAnyOrder("a", "c");
    assertThat(comparison.repeated()).isEqualTo(1);
  }

  @Test
  void kindOfLineEndsDoesNotMatter() {
    assertThat(LineComparison.of(List.of("a\rb"), List.of("{\"m\":\"a\\nb\\n\"}")).missing())
        .isEmpty();
  }
}
