package dev.logshipper.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {

  @ParameterizedTest
  @CsvSource({
    "http://a, a, -1",
    "http://a:80/b, a, 80",
    "http://project_loki:3100, project_loki, 3100",
    "http://project_loki:, project_loki, -1",
    "http://_a.b_c, _a.b_c, -1",
    "http://a-:1/x?y=z, a-, 1",
    "http://LOGS_1.Example.com., LOGS_1.Example.com., -1",
    "http://host.7, host.7, -1",
    "http://[::1]:80, [::1], 80",
    "http://l\u00f6ki_1:1, xn--lki_1-jua, 1"
  })
  void hostAndPortAreRead(URI url, String host, int port) {
    assertThat(Authority.of(url)).isEqualTo(new Authority(null, host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost.:80/a?b=c#d, http://localhost:80/a?b=c#d",
    "https://logs.example.com., https://logs.example.com",
    "http://me:a.@my_host./x., http://me:a.@my_host/x.",
    "http://127.0.0.1.:1, http://127.0.0.1:1",
    "http://l\u00f6ki.example., http://l\u00f6ki.example",
    "http://a.:, http://a:",
    "http://[::1]:80/., http://[::1]:80/.",
    "http://a/b., http://a/b.",
    "http://a:80, http://a:80"
  })
  void finalDotIsRemovedFromTheHostOnly(URI url, URI expected) {
    assertThat(Authority.withoutFinalDot(url)).isEqualTo(expected);
  }

  @Test
  void userIsDecoded() {
    assertThat(Authority.of(URI.create("http://me:a%40b@my_host:1")))
        .isEqualTo(new Authority("me:a@b", "my_host", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http:a",
        "http:///a",
        "http://a_b:x",
        "http://a_b:+1",
        "http://a_b:-1",
        "http://a_b:65536",
        "http://a:65536",
        "http://me@:80",
        "http://a,b",
        "http://a%20b",
        "http://a_b:1:2"
      })
  void unusableAuthorityIsNone(URI url) {
    assertThat(Authority.of(url)).isNull();
  }
}
