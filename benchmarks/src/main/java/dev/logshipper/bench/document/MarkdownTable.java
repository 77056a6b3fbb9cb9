package dev.logshipper.bench.document;

import java.util.ArrayList;
import java.util.List;

/// A table in Markdown. Bars in cells are escaped.
public final class MarkdownTable {
  private final List<List<String>> rows = new ArrayList<>();

  public MarkdownTable(List<String> header) {
    row(header);
    rows.add(header.stream().map(_ -> "---").toList());
  }

  /// Adds a row.
  ///
  /// @param cells one per column
  public void row(List<String> cells) {
    if (!rows.isEmpty() && cells.size() != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells for " + rows.getFirst().size() + " columns");
    }
    rows.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append('|');
      for (String cell : row) {
        text.append(' ').append(cell.replace("|", "\\|")).append(" |");
      }
      text.append('\n');
    }
    return text.toString();
  }
}
