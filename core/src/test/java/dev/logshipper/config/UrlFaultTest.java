package dev.logshipper.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The part of a URL that is wrong, without the URL.
class UrlFaultTest {
  private static final Setting<URI> URL =
      Setting.optional("URL", Parsers.httpUrl(), "A URL.").secret();
  private static final Setting<URI> PROXY =
      Setting.optional("PROXY", Parsers.proxyUrl(), "A proxy.").secret();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "logs.s3cret.com/in         | no scheme",
        "me:s3cret@logs:8080        | no scheme",
        "//s3cret/x                 | no scheme",
        "https:/s3cret.com          | // is missing after the scheme",
        "https:s3cret.com           | // is missing after the scheme",
        "htps://s3cret.com          | the scheme is htps, not http or https",
        "httpss://s3cret.com        | the scheme is httpss, not http or https",
        "s3cret://logs              | the scheme is not http or https",
        "https://                   | no host",
        "https:///s3cret            | no host",
        "https://:443/s3cret        | no host",
        "https://me:s3cret@/x       | no host",
        "https://?s3cret            | no host",
        "https://s3cret:70000/x     | a port that is not from 1 to 65535",
        "https://s3cret:0/x         | a port that is not from 1 to 65535",
        "https://s3cret:99999999999 | a port that is not from 1 to 65535",
        "https://s3cret:80a/x       | a port that is no number",
        "https://[::1:s3cret/x      | a [ without its ]",
        "https://a::s3cret/x        | a host with colons, which needs brackets",
        "https://s3cret!x/y         | a host that is no name and no address",
        "https://s3cret.com/a b     | a space at position 21",
        "https://logs.example.com/in?token=s3 cret | a space at position 37",
        "https://s3cret.com/%zz     | a % without two hexadecimal digits at position 20",
        "https://s3cret.com/{id}    | a character that must be escaped at position 20",
        "\"https://s3cret.com\"    | a quotation mark at position 1",
      })
  void theWrongPartIsNamed(String url, String reason) {
    Settings settings = Settings.of(Map.of("URL", url), List.of(URL));
    assertThat(settings.problems())
        .extracting(Problem::message)
        .containsExactly(
            "URL=***: "
                + reason
                + "; expected an http:// or https:// URL with a host; it is ignored");
    assertThat(settings.problems().toString()).doesNotContain("s3cret");
  }

  @Test
  void aPositionCountsTheSpacesBeforeTheUrl() {
    Settings settings = Settings.of(Map.of("URL", "  http://a b "), List.of(URL));
    assertThat(settings.problems().getFirst().cause()).contains("a space at position 11;");
  }

  @Test
  void aQuotationMarkWithinIsAllowed() {
    assertThat(Settings.of(Map.of("URL", "http://a/it's"), List.of(URL)).problems()).isEmpty();
    assertThat(Settings.of(Map.of("URL", "'http://a'"), List.of(URL)).problems().getFirst().cause())
        .contains("a quotation mark at position 1;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://s3cret:3128  | the scheme is https, not http",
        "proxy:s3cret         | a port that is no number",
        "me:s3cret@           | no host",
        "pro xy:3128          | a space at position 4",
      })
  void aProxyNeedsNoScheme(String url, String reason) {
    Settings settings = Settings.of(Map.of("PROXY", url), List.of(PROXY));
    assertThat(settings.problems())
        .extracting(Problem::message)
        .containsExactly(
            "PROXY=***: " + reason + "; expected an http:// URL of a proxy; it is ignored");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy:3128", "http://me:pw@proxy", "http://[::1]:3128/"})
  void aUsableProxyIsNoProblem(String url) {
    assertThat(Settings.of(Map.of("PROXY", url), List.of(PROXY)).problems()).isEmpty();
  }
}
