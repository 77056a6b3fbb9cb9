package dev.logshipper.sink.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.testkit.ReadmeTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Holds the hand-written tables of the README to the code.
class ReadmeTest {
  private static final String REPLACED = "## Coming from the Adaptive Batching Extension";

  @Test
  void tableOfVariablesEqualsTheCode() throws IOException {
    assertThat(ReadmeTables.rows("## Variables")).isEqualTo(ReadmeTables.rowsOf(S3Settings.all()));
  }

  @Test
  void tableOfReplacedVariablesIsComplete() throws IOException {
    assertThat(ReadmeTables.firstNames(REPLACED))
        .containsExactly(
            "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET",
            "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_BYTES",
            "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_INVOKES",
            "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_MILLISECONDS",
            "ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES");
  }

  @Test
  void defaultsOfReplacedVariablesAreKept() throws IOException {
    for (String row : ReadmeTables.rows(REPLACED)) {
      Setting<?> setting = setting(ReadmeTables.code(row, 1));
      if (setting.isRequired()) {
        assertThat(row).contains("| required |");
      } else {
        Settings there =
            Settings.of(Map.of(setting.name(), ReadmeTables.code(row, 2)), List.of(setting));
        assertThat(there.problems()).isEmpty();
        assertThat(there.get(setting)).isEqualTo(setting.fallback().orElseThrow());
      }
    }
  }

  @Test
  void templatesShownAreValid() throws IOException {
    List<String> rows = new ArrayList<>(ReadmeTables.section("## Object keys"));
    rows.removeIf(row -> !row.startsWith("| ") || !row.contains("{file}"));

    assertThat(rows).hasSize(3);
    for (String row : rows) {
      Settings settings =
          Settings.of(Map.of("PUSHER_S3_KEY", ReadmeTables.code(row, 1)), List.of(S3Settings.KEY));
      assertThat(settings.problems()).isEmpty();
    }
    assertThat(rows.getFirst()).contains("`" + KeyTemplate.DEFAULT + "`");
  }

  private static Setting<?> setting(String name) {
    return S3Settings.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
