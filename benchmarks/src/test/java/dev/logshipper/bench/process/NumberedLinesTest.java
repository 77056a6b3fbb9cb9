package dev.logshipper.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumberedLinesTest {
  private final NumberedLines lines = new NumberedLines();

  @Test
  void linesHaveTheRequestedLength() {
    assertThat(lines.next(120)).hasSize(120).startsWith("INFO seq=0;");
    assertThat(lines.next(200)).hasSize(200).startsWith("INFO seq=1;");
    assertThat(NumberedLines.numbers(lines.next(1))).containsExactly(2);
  }

  @Test
  void countsStoredLinesOnce() {
    String first = lines.next(50);
    String _ = lines.next(50);
    String third = lines.next(50);
    String both = "[{\"message\":\"" + first + "\"},{\"message\":\"" + third + "\"}]";
    assertThat(NumberedLines.count(List.of())).isZero();
    assertThat(NumberedLines.count(List.of(both, first))).isEqualTo(2);
  }

  @Test
  void recordsWhenEachLineWasWritten() {
    long before = System.nanoTime();
    String _ = lines.next(50);
    assertThat(lines.writtenNanos(0)).isBetween(before, System.nanoTime());
  }
}
