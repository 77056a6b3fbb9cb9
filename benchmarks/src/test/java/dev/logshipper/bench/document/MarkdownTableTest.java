package dev.logshipper.bench.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

  @Test
  void hasHeaderSeparatorAndRows() {
    MarkdownTable table = new MarkdownTable(List.of("", "ms"));
    table.row(List.of("a|b", "1"));
    assertThat(table).hasToString("|  | ms |\n| --- | --- |\n| a\\|b | 1 |\n");
  }

  @Test
  void rejectsARowWithTooFewCells() {
    MarkdownTable table = new MarkdownTable(List.of("", "ms"));
    assertThatIllegalArgumentException().isThrownBy(() -> table.row(List.of("a")));
  }
}
