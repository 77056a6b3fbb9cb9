package dev.logshipper.sink.testkit;

import dev.logshipper.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Tables in `README.md` of the working directory, and the rows expected for a sink's settings. The
/// tables are written by hand; a test holds them to the code:
///
/// ```java
/// assertThat(ReadmeTables.rows("## Variables")).isEqualTo(ReadmeTables.rowsOf(provider.settings()));
/// ```
public final class ReadmeTables {
  private static final String ANY = "a text";

  private ReadmeTables() {}

  /// Returns a row for each setting: names, accepted values (none for any text), default and
  /// summary.
  public static List<String> rowsOf(List<Setting<?>> settings) {
    List<String> rows = new ArrayList<>();
    for (Setting<?> setting : settings) {
      String values = setting.expected().equals(ANY) ? "" : setting.expected();
      rows.add(
          String.join(
              " | ", "| " + names(setting), values, fallback(setting), setting.summary() + " |"));
    }
    return rows;
  }

  /// Returns the rows under a heading that begin with code, which all rows except headers do.
  ///
  /// @param heading with its marks: `## Variables`
  public static List<String> rows(String heading) throws IOException {
    return section(heading).stream().filter(line -> line.startsWith("| `")).toList();
  }

  /// Returns the first code of each of those rows.
  public static List<String> firstNames(String heading) throws IOException {
    return rows(heading).stream().map(row -> code(row, 1)).toList();
  }

  /// Returns the lines between a heading of the second level and the next one; none without that
  /// heading.
  public static List<String> section(String heading) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      if (line.startsWith("## ")) {
        inside = line.equals(heading);
      } else if (inside) {
        lines.add(line);
      }
    }
    return lines;
  }

  /// Returns the text between backticks in a row.
  ///
  /// @param number 1 for the first one
  public static String code(String row, int number) {
    return row.split("`", -1)[number * 2 - 1];
  }

  private static String names(Setting<?> setting) {
    List<String> names = new ArrayList<>(List.of(setting.name()));
    names.addAll(setting.aliases());
    return "`" + String.join("`, `", names) + "`";
  }

  private static String fallback(Setting<?> setting) {
    if (setting.isRequired()) {
      return "required";
    }
    String value = setting.fallbackText();
    return value.isEmpty() ? "none" : "`" + value + "`";
  }
}
