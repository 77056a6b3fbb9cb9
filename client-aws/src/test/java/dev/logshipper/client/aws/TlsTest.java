package dev.logshipper.client.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.TlsKind;
import dev.logshipper.tls.LazyTrustManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkException;

@ParameterizedClass
@EnumSource(TlsKind.class)
@Timeout(60)
class TlsTest {
  @Parameter TlsKind kind = TlsKind.NATIVE;

  @BeforeEach
  void choose() {
    kind.choose();
  }

  @Test
  void trustedServerGetsAllRequestsOverOneConnection() throws Exception {
    HeldCertificate certificate = certificateFor("127.0.0.1");
    try (MockWebServer server = serving(certificate);
        AwsAccess access = access(server, trusting(certificate))) {
      Object _ = FirstCall.put(access, 100_000, FirstCall.in(20_000));
      Object _ = FirstCall.put(access, 10, FirstCall.in(20_000));

      assertThat(server.takeRequest().getConnectionIndex())
          .isEqualTo(server.takeRequest().getConnectionIndex());
    }
  }

  @Test
  void certificateForAnotherNameIsRejected() throws Exception {
    HeldCertificate certificate = certificateFor("other.example.com");
    assertRejected(
        certificate,
        trusting(certificate),
        "certificate does not match the host name (check AWS_ENDPOINT_URL)");
  }

  @Test
  void unknownCaIsRejected() throws Exception {
    assertRejected(
        certificateFor("127.0.0.1"),
        LazyTrustManager.ofJvm(List.of()).socketFactory(),
        "the CA of the server's certificate is not trusted (for a private CA set AWS_CA_BUNDLE)");
  }

  private static void assertRejected(
      HeldCertificate certificate, SSLSocketFactory tls, String reason) throws IOException {
    try (MockWebServer server = serving(certificate);
        AwsAccess access = access(server, tls)) {
      assertThatThrownBy(() -> FirstCall.put(access, 10, FirstCall.in(20_000)))
          .isInstanceOfSatisfying(
              SdkException.class,
              failure ->
                  assertThat(access.classify(failure, ""))
                      .isEqualTo(
                          SendResult.retry(
                              "cannot reach " + access + ": TLS handshake failed: " + reason)));
      assertThat(server.getRequestCount()).isZero();
    }
  }

  private static AwsAccess access(MockWebServer server, SSLSocketFactory tls) {
    return AwsAccess.of(
        "s3",
        "eu-west-1",
        FirstCall.OF_SERVICE,
        FirstCall.IDENTITY,
        FirstCall.PROXY,
        FirstCall.context(
            "eu-west-1",
            FirstCall.settings("AWS_ENDPOINT_URL", "https://127.0.0.1:" + server.getPort()),
            new ArrayList<>()),
        () -> tls,
        System::currentTimeMillis);
  }

  private static HeldCertificate certificateFor(String name) {
    return new HeldCertificate.Builder().addSubjectAlternativeName(name).build();
  }

  private static SSLSocketFactory trusting(HeldCertificate certificate) {
    return LazyTrustManager.ofJvm(List.of(certificate.certificate())).socketFactory();
  }

  private static MockWebServer serving(HeldCertificate certificate) throws IOException {
    MockWebServer server = new MockWebServer();
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .build()
            .sslSocketFactory());
    server.enqueue(new MockResponse.Builder().build());
    server.enqueue(new MockResponse.Builder().build());
    server.start();
    return server;
  }
}
