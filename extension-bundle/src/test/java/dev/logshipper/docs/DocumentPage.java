package dev.logshipper.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A page of `docs`: its examples of variables, which are the blocks of the language `sh`, and its
/// tables.
record DocumentPage(List<String> lines) {
  private static final String BLOCK = "```sh";
  private static final String END = "```";

  static DocumentPage of(String name) throws IOException {
    return new DocumentPage(Files.readAllLines(Path.of("../docs", name)));
  }

  /// The variables of each block, in order.
  List<Map<String, String>> examples() {
    List<Map<String, String>> examples = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).equals(BLOCK)) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (at++; !lines.get(at).equals(END); at++) {
          int equals = lines.get(at).indexOf('=');
          variables.put(lines.get(at).substring(0, equals), value(lines.get(at), equals + 1));
        }
        examples.add(variables);
      }
    }
    return examples;
  }

  /// The value as a shell reads it.
  private static String value(String line, int from) {
    String text = line.substring(from);
    boolean isQuoted = text.startsWith("'") && text.endsWith("'");
    return isQuoted ? text.substring(1, text.length() - 1) : text;
  }

  /// The cells of the table under a row of headings, without the marks of code.
  List<List<String>> table(String headings) {
    List<List<String>> rows = new ArrayList<>();
    int at = lines.indexOf(headings) + 2;
    while (at < lines.size() && lines.get(at).startsWith("| ")) {
      List<String> cells = new ArrayList<>();
      String row = lines.get(at++);
      for (String cell : row.substring(2, row.length() - 2).split(" \\| ", -1)) {
        boolean isCode = cell.startsWith("`") && cell.endsWith("`");
        cells.add(isCode ? cell.substring(1, cell.length() - 1) : cell);
      }
      rows.add(cells);
    }
    return rows;
  }
}
