package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {
  private static final ProxySettings PROXY = ProxySettings.ofMode("s3");

  @Test
  void noProxyIsUsedWithoutAVariable() {
    assertThat(PROXY.proxies(settings(Map.of("NO_PROXY", "*")))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://logs.example.com, secure",
    "http://logs.example.com, plain",
    "http://127.0.0.1:8080, none",
    "http://localhost, none",
    "http://LOCALHOST, none",
    "http://[::1]:80, none",
    "http://169.254.170.2, none"
  })
  void sharedVariableIsChosenByTheSchemeOfTheEndpoint(String endpoint, String expected) {
    assertThat(nameOf(endpoint, Map.of("HTTPS_PROXY", "secure:3128", "http_proxy", "http://plain")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://logs.example.com, example.com, none",
    "https://logs.example.com, '.example.com, other', none",
    "https://logs.example.com, *.example.com, none",
    "https://example.com, .example.com, proxy",
    "https://badexample.com, example.com, proxy",
    "https://logs.example.com, LOGS.example.COM, none",
    "https://logs.example.com, *, none",
    "https://logs.example.com:8443, logs.example.com:8443, none",
    "https://logs.example.com:8443, logs.example.com:443, proxy",
    "https://10.1.2.3, 10.0.0.0/8, none",
    "https://11.1.2.3, 10.0.0.0/8, proxy",
    "https://10.1.2.3, 10.1.2.3, none",
    "https://10.1.2.3, 2.3, proxy",
    "https://10.1.2.3, 10.0.0.0/99, proxy",
    "https://10.1.2.3, 10.0.0.0/x, proxy",
    "https://[fd00::1], fd00::/8, none",
    "https://[fd00::1]:8443, '[fd00::1]:8443', none",
    "https://logs.example.com, ',,', proxy",
    "https://logs.s3.eu-west-1.amazonaws.com, .amazonaws.com, none"
  })
  void exemptionsMatchThoseOfGo(String endpoint, String exempt, String expected) {
    assertThat(nameOf(endpoint, Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", exempt)))
        .isEqualTo(expected);
  }

  @Test
  void variableOfTheSinkIgnoresExemptions() {
    assertThat(
            nameOf(
                "https://a.b",
                Map.of("PUSHER_S3_PROXY", "http://own:1", "NO_PROXY", "*", "HTTPS_PROXY", "x")))
        .isEqualTo("own");
  }

  @Test
  void localEndpointIsNeverReachedThroughAProxy() {
    Proxies proxies = proxies(Map.of("PUSHER_S3_PROXY", "own"));
    Http1Request.Origin local = Http1Request.Origin.of(URI.create("http://127.0.0.1:9001/a"));

    assertThat(proxies.except(local).of(local)).isNull();
    assertThat(proxies.of(local)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://me:s3cret@x:1080", "https://me:s3cret@x", "http://", "http://x:99999"})
  void otherKindsOfProxyAreRejectedWithoutShowingTheValue(String value) {
    Settings settings = settings(Map.of("PUSHER_S3_PROXY", value));

    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().getFirst().message())
        .contains("PUSHER_S3_PROXY", "expected an http:// URL of a proxy")
        .doesNotContain("s3cret");
    assertThat(PROXY.proxies(settings)).isNull();
  }

  @Test
  void credentialsAreSentAndNotShown() {
    Proxies proxies = proxies(Map.of("PUSHER_S3_PROXY", "http://me:s%2Fcret@own:1"));

    assertThat(proxies.of(Http1Request.Origin.of(URI.create("http://a"))))
        .isEqualTo(new HttpProxy("own", 1, "Basic bWU6cy9jcmV0", "PUSHER_S3_PROXY"));
    assertThat(proxies).asString().contains("own:1").doesNotContain("cret").doesNotContain("Basic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"own.:1", "http://own.:1"})
  void finalDotOfTheNameIsRemoved(String value) {
    assertThat(nameOf("https://a", Map.of("PUSHER_S3_PROXY", value))).isEqualTo("own");
  }

  private static String nameOf(String endpoint, Map<String, String> environment) {
    HttpProxy proxy = proxies(environment).of(Http1Request.Origin.of(URI.create(endpoint)));
    return proxy == null ? "none" : proxy.host();
  }

  private static Proxies proxies(Map<String, String> environment) {
    return Objects.requireNonNull(PROXY.proxies(settings(environment)));
  }

  private static Settings settings(Map<String, String> environment) {
    return Settings.of(environment, PROXY.all());
  }
}
