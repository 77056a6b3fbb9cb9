package dev.logshipper.sink.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The README's tables are written by hand and held to the code here.
class ReadmeTest {
  private static final List<String> VARIABLES_OF_THE_SEED =
      List.of(
          "PUSHER_MODE",
          "ED_ENDPOINT",
          "KINESIS_ENDPOINT",
          "ED_FORWARD_LAMBDA_TAGS",
          "ED_LAMBDA_LOG_TYPES",
          "ED_PUSH_TIMEOUT_SEC",
          "ED_RETRY_INTERVAL_MS",
          "ED_BUFFER_SIZE_MB",
          "ED_FLUSH_AT_NEXT_INVOKE",
          "ED_PRINT_EXTENSION_LOGS",
          "ED_TAG_PREFIX",
          "ED_LAMBDA_MAX_ITEMS",
          "ED_LAMBDA_MAX_BYTES",
          "ED_LAMBDA_TIMEOUT_MS");

  @Test
  void tableOfVariables_equalsTheCode() throws IOException {
    List<String> expected = new ArrayList<>();
    for (Setting<?> setting : KinesisSettings.all()) {
      expected.add(names(setting) + "| " + fallback(setting) + " | " + setting.summary() + " |");
    }

    assertThat(rows("## Variables")).isEqualTo(expected);
  }

  @Test
  void tableOfTheSeed_isComplete() throws IOException {
    List<String> names = new ArrayList<>();
    for (String row : rows("## Coming from the Edge Delta extension")) {
      names.add(row.substring(row.indexOf('`') + 1, row.indexOf('`', row.indexOf('`') + 1)));
    }

    assertThat(names).isEqualTo(VARIABLES_OF_THE_SEED);
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
    String value = setting.fallback().map(Object::toString).orElse("");
    return value.isEmpty() ? "none" : "`" + value + "`";
  }

  /// The rows of the first table under a heading.
  private static List<String> rows(String heading) throws IOException {
    List<String> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      if (line.startsWith("## ")) {
        inside = line.equals(heading);
      } else if (inside && line.startsWith("| `")) {
        rows.add(line);
      }
    }
    return rows;
  }
}
