package dev.logshipper.client.http;

import static dev.logshipper.client.http.ClientFixture.in;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.TlsKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TlsKind.class)
class TlsTest {
  @Parameter TlsKind kind = TlsKind.NATIVE;

  @BeforeEach
  void choose() {
    kind.choose();
  }

  private static final HeldCertificate CA =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("private").build();

  private final MockWebServer server = new MockWebServer();
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server.start();
    server.enqueue(new MockResponse.Builder().code(200).build());
    server.enqueue(new MockResponse.Builder().code(200).build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void privateCaIsTrustedWhenItsFileIsSet() throws Exception {
    certify(server.getHostName());
    try (ClientFixture http = new ClientFixture(url(), "PUSHER_HTTP_CA_FILE", caFile())) {
      assertThat(http.send(in(20_000))).isEqualTo(SendResult.DELIVERED);
      assertThat(http.send(in(20_000))).isEqualTo(SendResult.DELIVERED);
    }

    assertThat(server.takeRequest().getVersion()).isEqualTo("HTTP/2");
    assertThat(server.takeRequest().getConnectionIndex()).isZero();
  }

  @Test
  void silentConnectionIsNotReused() throws Exception {
    certify(server.getHostName());
    SilentSecond silentSecond = new SilentSecond();
    server.setDispatcher(silentSecond);
    try (ClientFixture http = new ClientFixture(url(), "PUSHER_HTTP_CA_FILE", caFile())) {
      http.send("1", "x", in(20_000));
      SendResult second = http.send("2", "x", in(500));
      SendResult third = http.send("3", "x", in(20_000));

      assertThat(second).isInstanceOf(SendResult.Retry.class);
      assertThat(third).isEqualTo(SendResult.DELIVERED);
    } finally {
      silentSecond.over.countDown();
    }

    assertThat(server.takeRequest().getConnectionIndex()).isZero();
    assertThat(server.takeRequest().getConnectionIndex()).isZero();
    assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(1);
  }

  private static final class SilentSecond extends Dispatcher {
    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      if ("2".equals(request.getHeaders().get("X-Log-Shipper-Batch-Id"))) {
        over.await();
      }
      return new MockResponse.Builder().code(200).build();
    }
  }

  @Test
  void privateCaIsNotTrustedOtherwise() throws Exception {
    certify(server.getHostName());
    try (ClientFixture http = new ClientFixture(url())) {
      SendResult result = http.send(in(20_000));

      assertThat(((SendResult.Retry) result).reason())
          .contains("TLS handshake failed", "PUSHER_HTTP_CA_FILE");
    }
  }

  @Test
  void expiredCertificateIsDescribed() throws Exception {
    HeldCertificate expired =
        new HeldCertificate.Builder()
            .signedBy(CA)
            .addSubjectAlternativeName(server.getHostName())
            .validityInterval(0, 1000)
            .build();
    serve(expired);

    assertThat(failure()).contains("the server's certificate has expired");
  }

  private String failure() throws Exception {
    try (ClientFixture http = new ClientFixture(url(), "PUSHER_HTTP_CA_FILE", caFile())) {
      return ((SendResult.Retry) http.send(in(20_000))).reason();
    }
  }

  @Test
  void certificateForAnotherNameIsRejected() throws Exception {
    certify("elsewhere.example.com");
    try (ClientFixture http = new ClientFixture(url(), "PUSHER_HTTP_CA_FILE", caFile())) {
      SendResult result = http.send(in(20_000));

      assertThat(((SendResult.Retry) result).reason())
          .contains("certificate does not match the host name");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 400 Bad Request, does not speak TLS on this port; is it http://? (check",
    "'', closed the connection; does it speak TLS on this port"
  })
  void portWithoutTlsIsDescribed(String response, String description) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> respond(listener, response));
      try (ClientFixture http =
          new ClientFixture("https://127.0.0.1:" + listener.getLocalPort() + "/")) {
        assertThat(((SendResult.Retry) http.send(in(20_000))).reason())
            .contains(": TLS handshake failed: the server " + description, "PUSHER_HTTP_URL");
      }
    }
  }

  private static void respond(ServerSocket listener, String response) {
    try (Socket socket = listener.accept()) {
      int _ = socket.getInputStream().read(new byte[8192]);
      socket.getOutputStream().write(response.getBytes(US_ASCII));
      socket.shutdownOutput();
      int _ = socket.getInputStream().read();
    } catch (IOException _) {
      // The test fails otherwise.
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a certificate", "-----BEGIN CERTIFICATE-----\nx\n"})
  void fileWithoutCertificatesIsNamed(String content) throws IOException {
    String file = Files.writeString(folder.resolve("ca.pem"), content).toString();

    assertThat(outputWithCaFile(file))
        .containsExactly(
            "log-shipper: PUSHER_HTTP_CA_FILE: expected PEM certificates in "
                + file
                + "; only public CAs are trusted");
  }

  @Test
  void fileThatCannotBeReadIsNamed() {
    assertThat(outputWithCaFile("/no/such.pem"))
        .containsExactly(
            "log-shipper: PUSHER_HTTP_CA_FILE: cannot read /no/such.pem, expected PEM certificates;"
                + " only public CAs are trusted");
  }

  private static List<String> outputWithCaFile(String file) {
    try (ClientFixture http = new ClientFixture("https://a", "PUSHER_HTTP_CA_FILE", file)) {
      return http.output();
    }
  }

  private void certify(String name) {
    HeldCertificate certificate =
        new HeldCertificate.Builder().signedBy(CA).addSubjectAlternativeName(name).build();
    serve(certificate);
  }

  private void serve(HeldCertificate certificate) {
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    server.useHttps(certificates.sslSocketFactory());
  }

  private String url() {
    return "https://" + server.getHostName() + ":" + server.getPort() + "/";
  }

  private String caFile() throws IOException {
    return Files.writeString(folder.resolve("ca.pem"), CA.certificatePem()).toString();
  }
}
