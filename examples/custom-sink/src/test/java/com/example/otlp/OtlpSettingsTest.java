package com.example.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpSettingsTest {

  @Test
  void baseUrlGetsThePathOfLogs() {
    assertThat(url(Map.of())).isEqualTo("http://localhost:4318/v1/logs");
    assertThat(url(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "https://otel.example/in/")))
        .isEqualTo("https://otel.example/in/v1/logs");
  }

  @Test
  void urlForLogsTakesPrecedenceUnchanged() {
    assertThat(
            url(
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "https://otel.example",
                    "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "https://logs.example/otlp")))
        .isEqualTo("https://logs.example/otlp");
  }

  @Test
  void headersAreDecodedAndThoseForLogsTakePrecedence() {
    assertThat(headers(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "a=b%20c+d,e=f")))
        .isEqualTo(Map.of("a", "b c+d", "e", "f"));
    assertThat(
            headers(
                Map.of(
                    "OTEL_EXPORTER_OTLP_HEADERS", "a=b",
                    "OTEL_EXPORTER_OTLP_LOGS_HEADERS", "e=f")))
        .isEqualTo(Map.of("e", "f"));
  }

  @Test
  void readmeEqualsTheCode() throws IOException {
    List<String> rows = new ArrayList<>();
    for (Setting<?> setting : OtlpSettings.ALL) {
      String fallback = setting.fallback().map(value -> "`" + value + "`").orElse("");
      rows.add("| `" + setting.name() + "` | " + fallback + " | " + setting.summary() + " |");
    }

    assertThat(Files.readAllLines(Path.of("README.md"))).containsSubsequence(rows);
  }

  private static String url(Map<String, String> environment) {
    URI url = OtlpSettings.logsUrl(Settings.of(environment, OtlpSettings.ALL));
    return url.toString();
  }

  private static Map<String, String> headers(Map<String, String> environment) {
    return OtlpSettings.headers(Settings.of(environment, OtlpSettings.ALL));
  }
}
