package dev.logshipper.sink.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The README's tables are written by hand and held to the code here.
class ReadmeTest {

  @Test
  void tableOfVariables_equalsTheCode() throws IOException {
    List<String> expected = new ArrayList<>();
    for (Setting<?> setting : S3Settings.all()) {
      expected.add(names(setting) + "| " + fallback(setting) + " | " + setting.summary() + " |");
    }

    assertThat(rows("## Variables")).isEqualTo(expected);
  }

  @Test
  void tableOfTheSeed_isComplete() throws IOException {
    List<String> names = new ArrayList<>();
    for (String row : rows("## Coming from the Adaptive Batching Extension")) {
      names.add(code(row, 1));
    }

    assertThat(names)
        .containsExactly(
            "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET",
            "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_BYTES",
            "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_INVOKES",
            "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_MILLISECONDS",
            "ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES");
  }

  @Test
  void defaultsOfTheSeed_areThoseOfTheCode() throws IOException {
    for (String row : rows("## Coming from the Adaptive Batching Extension")) {
      Setting<?> setting = setting(code(row, 1));
      if (setting.isRequired()) {
        assertThat(row).contains("| required |");
      } else {
        Settings there = Settings.of(Map.of(setting.name(), code(row, 2)), List.of(setting));
        assertThat(there.problems()).isEmpty();
        assertThat(there.get(setting)).isEqualTo(setting.fallback().orElseThrow());
      }
    }
  }

  @Test
  void templatesShown_areTemplates() throws IOException {
    List<String> rows = new ArrayList<>(section("## What an object is called"));
    rows.removeIf(row -> !row.startsWith("| ") || !row.contains("{file}"));

    assertThat(rows).hasSize(3);
    for (String row : rows) {
      Settings settings =
          Settings.of(Map.of("PUSHER_S3_KEY", code(row, 1)), List.of(S3Settings.KEY));
      assertThat(settings.problems()).isEmpty();
    }
    assertThat(rows.getFirst()).contains("`" + KeyTemplate.DEFAULT + "`");
  }

  private static Setting<?> setting(String name) {
    return S3Settings.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static String names(Setting<?> setting) {
    StringBuilder names = new StringBuilder("| `" + setting.name() + "`");
    for (String alias : setting.aliases()) {
      names.append(", `").append(alias).append('`');
    }
    return names.append(' ').toString();
  }

  private static String fallback(Setting<?> setting) {
    if (setting.isRequired()) {
      return "required";
    }
    Object value = setting.fallback().orElse(null);
    if (value instanceof List<?> list) {
      return "`[\"" + String.join("\", \"", list.stream().map(Object::toString).toList()) + "\"]`";
    }
    return value == null ? "none" : "`" + value + "`";
  }

  /// What stands between the marks of code, counted from 1.
  private static String code(String row, int number) {
    return row.split("`", -1)[number * 2 - 1];
  }

  /// The rows of the tables under a heading.
  private static List<String> rows(String heading) throws IOException {
    return section(heading).stream().filter(line -> line.startsWith("| `")).toList();
  }

  private static List<String> section(String heading) throws IOException {
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
}
