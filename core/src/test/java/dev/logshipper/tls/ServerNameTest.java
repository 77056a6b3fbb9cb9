package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNameTest {

  private static X509Certificate certificate(String... alternatives) {
    HeldCertificate.Builder builder =
        new HeldCertificate.Builder().commonName("common.example.com");
    for (String alternative : alternatives) {
      builder.addSubjectAlternativeName(alternative);
    }
    return builder.build().certificate();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "example.com, EXAMPLE.com",
    "Example.COM, example.com",
    "example.com, example.com.",
    "localhost, localhost",
    "*.example.com, a.example.com",
    "*.example.com, A.EXAMPLE.COM",
    "*.example.com, a.example.com.",
    "*.s3.amazonaws.com, bucket.s3.amazonaws.com",
    "*.example.com, xn--bcher-kva.example.com",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "xn--bcher-kva.example, bücher.example",
    "127.0.0.1, 127.0.0.1",
    "::1, ::1",
    "::1, [::1]",
    "2001:db8::1, 2001:DB8:0:0:0:0:0:1",
    "2001:db8::1, [2001:db8::1]",
  })
  void nameIsTheCertificates(String alternative, String host) {
    assertThat(ServerName.matches(certificate("other.example.org", alternative), host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, a.example.com",
    "a.example.com, example.com",
    "example.com, example.org",
    "example.com, xexample.com",
    "*.example.com, example.com",
    "*.example.com, .example.com",
    "*.example.com, a.b.example.com",
    "*.example.com, a.example.com.evil.org",
    "*.example.com, *.example.com",
    "*, localhost",
    "*.*.example.com, a.b.example.com",
    "a.*.example.com, a.b.example.com",
    "a*.example.com, ab.example.com",
    "*a.example.com, ba.example.com",
    "xn--*.example.com, xn--a.example.com",
    "xn--bcher-kva.example, bucher.example",
    "127.0.0.1, 127.0.0.2",
    "127.0.0.1, ::ffff:127.0.0.2",
    "*.0.0.1, 127.0.0.1",
    "::1, ::2",
    "127.0.0.1, localhost",
    "localhost, 127.0.0.1",
    "example.com, ''",
    "example.com, .",
    "example.com, 'example.com/'",
    "example.com, ' example.com'",
  })
  void nameIsAnothers(String alternative, String host) {
    assertThat(ServerName.matches(certificate(alternative), host)).isFalse();
  }

  @Test
  void commonNameDoesNotCount() {
    assertThat(ServerName.matches(certificate(), "common.example.com")).isFalse();
    assertThat(ServerName.matches(certificate("a.example.com"), "common.example.com")).isFalse();
    assertThat(ServerName.matches(certificate("127.0.0.1"), "common.example.com")).isFalse();
  }
}
