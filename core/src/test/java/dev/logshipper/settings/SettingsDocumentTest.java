package dev.logshipper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the tables of settings to the code.
class SettingsDocumentTest {

  @Test
  void tableOfSettingsEqualsTheCode() throws IOException {
    List<String> expected = new ArrayList<>();
    for (Setting<?> setting : CoreSettings.ofUser()) {
      expected.add(row(setting));
    }

    assertThat(rows("settings.md")).isEqualTo(expected);
  }

  @Test
  void tableOfControlEqualsTheCode() throws IOException {
    List<String> expected = new ArrayList<>();
    for (Setting<?> setting : ControlSettings.ofUser()) {
      String fallback = setting.fallback().isEmpty() ? "" : code(setting.fallbackText());
      expected.add(
          String.join(
              " | ",
              "| " + code(setting.name()),
              setting.expected(),
              fallback,
              setting.summary() + " |"));
    }

    // The table of examples has lines of functions in its first column.
    assertThat(rows("control.md").stream().filter(row -> row.startsWith("| `PUSHER_")))
        .containsExactlyElementsOf(expected);
  }

  private static String row(Setting<?> setting) {
    List<String> aliases = setting.aliases().stream().map(SettingsDocumentTest::code).toList();
    String fallback = setting.fallback().isEmpty() ? "" : code(setting.fallbackText());
    return String.join(
        " | ",
        "| " + code(setting.name()),
        String.join(", ", aliases),
        setting.expected(),
        fallback,
        setting.summary() + " |");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static List<String> rows(String document) throws IOException {
    return Files.readAllLines(Path.of("../docs").resolve(document)).stream()
        .filter(line -> line.startsWith("| `"))
        .toList();
  }
}
