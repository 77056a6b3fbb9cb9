package dev.logshipper.sink.loki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.sink.testkit.ReadmeTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the hand-written tables of the README to the code.
class ReadmeTest {
  private static final String REPLACED = "## Coming from the Loki Lambda extension";

  /// With their defaults in that extension.
  private static final List<String> REPLACED_VARIABLES =
      List.of(
          "LOKI_ENDPOINT_URL: required",
          "LOKI_APPLICATION_LABEL: required",
          "LOKI_ENV_LABEL: required",
          "LOKI_BEARER_TOKEN: none",
          "LOKI_USERNAME: none",
          "LOKI_PASSWORD: none",
          "LOKI_BUFFER_TIMEOUT_MS: `200`",
          "LOKI_EXTRA_LABELS: none",
          "LOKI_BATCH_SIZE: `131072`",
          "LOKI_DEBUG: `false`");

  @Test
  void tableOfVariablesEqualsTheCode() throws IOException {
    assertThat(ReadmeTables.rows("## Variables"))
        .isEqualTo(ReadmeTables.rowsOf(LokiSettings.all()));
  }

  @Test
  void tableOfReplacedVariablesIsComplete() throws IOException {
    List<String> variables = new ArrayList<>();
    for (String row : ReadmeTables.rows(REPLACED)) {
      List<String> cells = List.of(row.split("\\|"));
      variables.add(cells.get(1).strip().replace("`", "") + ": " + cells.get(2).strip());
    }

    assertThat(variables).isEqualTo(REPLACED_VARIABLES);
  }

  @Test
  void everyReplacedVariableIsRead() {
    List<String> read = LokiSettings.all().stream().map(Setting::name).toList();

    for (String variable : REPLACED_VARIABLES) {
      String name = variable.substring(0, variable.indexOf(':'));
      assertThat(read).contains(name);
    }
  }
}
