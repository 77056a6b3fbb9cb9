package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Problem;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LokiSettingsTest {
  private static final LokiSinkProvider PROVIDER = new LokiSinkProvider();

  @Test
  void providerIsRegisteredAsAService() {
    assertThat(ServiceLoader.load(SinkProvider.class))
        .extracting(SinkProvider::mode)
        .containsExactly("loki");
  }

  @Test
  void requiredVariablesAreThoseOfTheReplacedExtension() {
    Settings settings = Settings.of(Map.of(), LokiSettings.all());

    assertThat(settings.problems())
        .extracting(Problem::variable)
        .containsExactly("LOKI_ENDPOINT_URL", "LOKI_APPLICATION_LABEL", "LOKI_ENV_LABEL");
  }

  @Test
  void requiredVariablesSuffice() {
    Settings settings = settings("http://loki:3100");

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.isComplete(LokiSettings.all())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("names")
  void emptyValueCountsAsNotSet(String name) {
    Map<String, String> environment = new HashMap<>();
    environment.put("LOKI_ENDPOINT_URL", "http://loki");
    environment.put("LOKI_APPLICATION_LABEL", "a");
    environment.put("LOKI_ENV_LABEL", "b");
    environment.put(name, " ");
    Settings settings = Settings.of(environment, LokiSettings.all());

    boolean required =
        LokiSettings.all().stream().anyMatch(s -> s.isRequired() && s.name().equals(name));
    assertThat(settings.problems()).hasSize(required ? 1 : 0);
  }

  static List<String> names() {
    return LokiSettings.all().stream().map(Setting::name).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"loki.example.com", "ftp://x", "http://", "https://me:s3cret@[x/"})
  void unusableEndpointIsNotShown(String endpoint) {
    assertThat(problem("LOKI_ENDPOINT_URL", endpoint))
        .contains("expected an http:// or https:// URL")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "LOKI_BUFFER_TIMEOUT_MS, 24, from 25 to 30000",
    "LOKI_BUFFER_TIMEOUT_MS, 30001, from 25 to 30000",
    "LOKI_BUFFER_TIMEOUT_MS, soon, from 25 to 30000",
    "LOKI_BATCH_SIZE, 0, from 1 to 1048576",
    "LOKI_BATCH_SIZE, 1048577, from 1 to 1048576",
    "LOKI_BATCH_SIZE, 128k, from 1 to 1048576",
    "PUSHER_LOKI_TIMEOUT_SEC, 0, from 1 to 300",
    "PUSHER_LOKI_TIMEOUT_SEC, 301, from 1 to 300",
    "PUSHER_LOKI_TIMEOUT_SEC, 5s, from 1 to 300",
    "PUSHER_LOKI_FORMAT, xml, 'one of protobuf, json, json-gzip'",
    "PUSHER_LOKI_STRUCTURED_METADATA, yes, true or false",
    "PUSHER_LOKI_TENANT, a|b, a tenant of at most 150",
    "PUSHER_LOKI_TENANT, ä, a tenant of at most 150",
    "PUSHER_LOKI_TENANT, .., a tenant of at most 150",
    "PUSHER_LOKI_HEADERS, X-Scope, comma-separated pairs such as name=value",
    "PUSHER_LOKI_PROXY, socks5://x:1, an http:// URL of a proxy"
  })
  void invalidValueIsReportedWithTheExpectedForm(String name, String value, String expected) {
    assertThat(problem(name, value)).contains(name, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "LOKI_BUFFER_TIMEOUT_MS, 25",
    "LOKI_BUFFER_TIMEOUT_MS, 30000",
    "LOKI_BATCH_SIZE, 1",
    "LOKI_BATCH_SIZE, 1048576",
    "PUSHER_LOKI_TIMEOUT_SEC, 300",
    "PUSHER_LOKI_FORMAT, JSON",
    "PUSHER_LOKI_TENANT, Team-1_a!.*'()"
  })
  void valueAtItsLimitsIsAccepted(String name, String value) {
    assertThat(settings("http://a", name, value).problems()).isEmpty();
  }

  @Test
  void tenantOfMaximumLengthIsAccepted() {
    assertThat(settings("http://a", "PUSHER_LOKI_TENANT", "x".repeat(150)).problems()).isEmpty();
    assertThat(problem("PUSHER_LOKI_TENANT", "x".repeat(151))).contains("at most 150");
  }

  @Test
  void aliasesAreRead() {
    Settings settings =
        Settings.of(
            Map.of(
                "PUSHER_LOKI_URL", "http://a",
                "PUSHER_LOKI_APPLICATION", "b",
                "PUSHER_LOKI_ENVIRONMENT", "c",
                "PUSHER_LOKI_LABELS", "d,e"),
            LokiSettings.all());

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.get(LokiSettings.ENVIRONMENT)).isEqualTo("c");
    assertThat(settings.get(LokiSettings.EXTRA_LABELS)).hasSize(1);
  }

  @Test
  void everythingThatMayHoldCredentialsIsSecret() {
    assertThat(LokiSettings.all().stream().filter(Setting::isSecret).map(Setting::name))
        .containsExactlyInAnyOrder(
            "LOKI_ENDPOINT_URL",
            "LOKI_BEARER_TOKEN",
            "LOKI_USERNAME",
            "LOKI_PASSWORD",
            "PUSHER_LOKI_HEADERS",
            "PUSHER_LOKI_PROXY",
            "HTTPS_PROXY",
            "HTTP_PROXY");
  }

  @Test
  void defaultsHoldTheBatchSizeOnly() {
    assertThat(PROVIDER.defaults(settings("http://a")))
        .isEqualTo(SinkDefaults.builder().batchBytes(131_072).build());
  }

  @Test
  void defaultsHoldTheValuesOfTheVariables() {
    SinkDefaults defaults =
        PROVIDER.defaults(
            settings("http://a", "LOKI_BATCH_SIZE", "5000", "LOKI_BUFFER_TIMEOUT_MS", "300"));

    assertThat(defaults.batchBytes()).isEqualTo(5_000);
    assertThat(defaults.platformTimeout()).isEqualTo(Duration.ofMillis(300));
  }

  private static String problem(String name, String value) {
    List<Problem> problems = settings("http://a", name, value).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst().message();
  }
}
