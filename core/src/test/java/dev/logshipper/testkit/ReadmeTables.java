package dev.logshipper.testkit;

import dev.logshipper.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The tables in the README of the module under test, and the rows that its settings should have
/// there. The tables are written by hand; a test holds them to the code.
public final class ReadmeTables {
  private ReadmeTables() {}

  /// The rows that tell of settings: names, fallback, summary.
  public static List<String> rowsOf(List<Setting<?>> settings) {
    List<String> rows = new ArrayList<>();
    for (Setting<?> setting : settings) {
      rows.add(
          "| " + names(setting) + " | " + fallback(setting) + " | " + setting.summary() + " |");
    }
    return rows;
  }

  /// The rows of the tables under a heading that begin with code, as all but their heads do.
  ///
  /// @param heading with its marks, as in `## Variables`
  public static List<String> rows(String heading) throws IOException {
    return section(heading).stream().filter(line -> line.startsWith("| `")).toList();
  }

  /// What each of those rows begins with.
  public static List<String> firstNames(String heading) throws IOException {
    return rows(heading).stream().map(row -> code(row, 1)).toList();
  }

  /// The lines between a heading of the second level and the next one; none without that heading.
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

  /// What stands between the marks of code, counted from 1.
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
