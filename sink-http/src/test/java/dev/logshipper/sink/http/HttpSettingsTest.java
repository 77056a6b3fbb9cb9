package dev.logshipper.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.client.http.Destination;
import dev.logshipper.config.Problem;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

  @Test
  void providerIsFoundAsAService() {
    assertThat(ServiceLoader.load(SinkProvider.class))
        .extracting(SinkProvider::mode)
        .containsExactly("http");
  }

  @Test
  void endpointAloneIsEnough() {
    Settings settings = settings("ED_ENDPOINT", "https://logs.example.com/x");

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.isComplete(HttpSettings.all())).isTrue();
    assertThat(Endpoint.of(settings, new CapturedOutput().diagnostics()))
        .hasToString("https://logs.example.com");
  }

  @Test
  void aliasOfTheEndpointIsRead() {
    Settings settings = settings("PUSHER_HTTP_URL", "http://a");

    assertThat(settings.get(HttpSettings.ENDPOINT)).hasToString("http://a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs.example.com", "ftp://x", "http://", "https://me:s3cret@[x/"})
  void unusableEndpointIsNotShown(String endpoint) {
    Settings settings = settings("ED_ENDPOINT", endpoint);

    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().getFirst().message())
        .contains("ED_ENDPOINT", "expected an http:// or https:// URL")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "301", "soon"})
  void timeoutOutsideItsLimitsIsAProblem(String seconds) {
    Settings settings = settings("ED_ENDPOINT", "http://a", "ED_PUSH_TIMEOUT_SEC", seconds);

    assertThat(settings.problems().getFirst().message()).contains("from 1 to 300");
  }

  @Test
  void unknownFramingIsAProblemThatNamesTheOneInEffect() {
    Settings settings = settings("ED_ENDPOINT", "http://a", "PUSHER_HTTP_FRAMING", "xml");

    assertThat(settings.problems().getFirst().message())
        .isEqualTo("PUSHER_HTTP_FRAMING=xml: expected one of lines, array; lines is used");
  }

  @Test
  void everythingThatMayHoldCredentialsIsSecret() {
    assertThat(HttpSettings.all().stream().filter(Setting::isSecret).map(Setting::name))
        .containsExactlyInAnyOrder(
            "ED_ENDPOINT",
            "PUSHER_HTTP_HEADERS",
            "PUSHER_HTTP_BEARER_TOKEN",
            "PUSHER_HTTP_PROXY",
            "HTTPS_PROXY",
            "HTTP_PROXY",
            "AWS_ENDPOINT_URL",
            "AWS_ENDPOINT_URL_LAMBDA",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_SESSION_TOKEN");
  }

  @Test
  void severalCredentialsAreAConfigurationProblem() {
    Settings settings =
        settings(
            "ED_ENDPOINT",
            "http://a",
            "PUSHER_HTTP_HEADERS",
            "authorization=Basic s3cret",
            "PUSHER_HTTP_BEARER_TOKEN",
            "s3cret");

    assertThat(new HttpSinkProvider().contradictions(settings))
        .containsExactly(
            "expected one of PUSHER_HTTP_BEARER_TOKEN, Authorization in PUSHER_HTTP_HEADERS and a"
                + " user in ED_ENDPOINT, not several");
    assertThat(new HttpSinkProvider().contradictions(settings("ED_ENDPOINT", "http://me:x@a")))
        .isEmpty();
  }

  @Test
  void unusableHeadersAreIgnored() {
    Settings settings =
        settings("ED_ENDPOINT", "http://a", "PUSHER_HTTP_HEADERS", "X-Api-Key: s3cret");

    assertThat(settings.isComplete(HttpSettings.all())).isTrue();
    assertThat(settings.problems())
        .extracting(Problem::message)
        .containsExactly(
            "PUSHER_HTTP_HEADERS=***: pair 1 has a : instead of a =; expected comma-separated pairs"
                + " such as name=value; it is ignored");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a, Authorization=Basic s3cret, s3cret",
    "http://me:s3cret@a, X=y, s3cret",
    "http://me:s3cret@a, Authorization=Basic s3cret,"
  })
  void severalCredentialsAreContradictory(String endpoint, String header, String token) {
    assertThatThrownBy(() ->
            endpoint(
                "ED_ENDPOINT",
                endpoint,
                "PUSHER_HTTP_HEADERS",
                header,
                "PUSHER_HTTP_BEARER_TOKEN",
                token == null ? "" : token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PUSHER_HTTP_BEARER_TOKEN")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Key=s3cr\u00e9t", "X Key=s3cret", "X-Key=s3cret\u0007"})
  void invalidHeaderIsRejectedWithoutItsValue(String header) {
    assertThatThrownBy(() -> endpoint("ED_ENDPOINT", "http://a", "PUSHER_HTTP_HEADERS", header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PUSHER_HTTP_HEADERS")
        .hasMessageNotContaining("s3cr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "content-encoding", "Host", "Transfer-Encoding"})
  void headerDerivedFromTheBodyCannotBeSet(String name) {
    assertThatThrownBy(
            () -> endpoint("ED_ENDPOINT", "http://a", "PUSHER_HTTP_HEADERS", name + "=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void missingFileOfCertificatesIsNamedAndIgnored() {
    CapturedOutput output = new CapturedOutput();

    assertThat(
            Endpoint.of(
                settings("ED_ENDPOINT", "https://a", "PUSHER_HTTP_CA_FILE", "/no/such.pem"),
                output.diagnostics()))
        .hasToString("https://a");
    assertThat(output.lines())
        .singleElement()
        .asString()
        .contains("PUSHER_HTTP_CA_FILE: cannot read /no/such.pem")
        .contains("only public CAs are trusted");
  }

  private static Destination endpoint(String... environment) {
    return Endpoint.of(settings(environment), new CapturedOutput().diagnostics());
  }

  private static Settings settings(String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return Settings.of(variables, List.copyOf(HttpSettings.all()));
  }
}
