package dev.logshipper.client.http;

import static dev.logshipper.client.http.ClientFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.TlsKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TlsKind.class)
@Timeout(60)
class ClientCertificateTest {
  @Parameter TlsKind kind = TlsKind.NATIVE;

  @BeforeEach
  void choose() {
    kind.choose();
  }

  private static final HeldCertificate CA =
      new HeldCertificate.Builder().certificateAuthority(1).commonName("private").build();
  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder().signedBy(CA).addSubjectAlternativeName("localhost").build();

  enum Format {
    PKCS8_EC,
    SEC1_EC,
    PKCS8_RSA,
    PKCS1_RSA
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void serverThatRequiresACertificateGetsIt(Format format) throws Exception {
    boolean rsa = format.name().endsWith("RSA");
    HeldCertificate client = client(rsa);
    String key =
        switch (format) {
          case PKCS8_EC, PKCS8_RSA -> client.privateKeyPkcs8Pem();
          case PKCS1_RSA -> client.privateKeyPkcs1Pem();
          case SEC1_EC -> sec1(client);
        };
    try (MockWebServer server = requiringCertificates();
        ClientFixture http =
            new ClientFixture(
                url(server),
                "PUSHER_HTTP_CA_FILE",
                write("ca.pem", CA.certificatePem()),
                "PUSHER_HTTP_CLIENT_CERT_FILE",
                write("cert.pem", client.certificatePem() + CA.certificatePem()),
                "PUSHER_HTTP_CLIENT_KEY_FILE",
                write("key.pem", key))) {
      assertThat(http.send(in(20_000))).isEqualTo(SendResult.DELIVERED);
      assertThat(server.takeRequest().getVersion()).isEqualTo("HTTP/2");
    }
  }

  @Test
  void certificateAndKeyMayBeInOneFile() throws Exception {
    HeldCertificate client = client(false);
    try (MockWebServer server = requiringCertificates();
        ClientFixture http =
            new ClientFixture(
                url(server),
                "PUSHER_HTTP_CA_FILE",
                write("ca.pem", CA.certificatePem()),
                "PUSHER_HTTP_CLIENT_CERT_FILE",
                write("both.pem", client.privateKeyPkcs8Pem() + client.certificatePem()))) {
      assertThat(http.send(in(20_000))).isEqualTo(SendResult.DELIVERED);
    }
  }

  @Test
  void serverThatRequiresACertificateRejectsAClientWithoutOne() throws Exception {
    try (MockWebServer server = requiringCertificates();
        ClientFixture http =
            new ClientFixture(
                url(server), "PUSHER_HTTP_CA_FILE", write("ca.pem", CA.certificatePem()))) {
      assertThat(http.send(in(20_000))).isInstanceOf(SendResult.Retry.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "missing, own, 'CLIENT_CERT_FILE: cannot read '",
    "empty, own, 'CLIENT_CERT_FILE: expected PEM certificates in '",
    "broken, own, 'CLIENT_CERT_FILE: expected PEM certificates in '",
    "own, missing, 'CLIENT_KEY_FILE: cannot read '",
    "own, empty, 'CLIENT_KEY_FILE: expected a PEM private key in '",
    "own, unset, 'CLIENT_KEY_FILE: expected a PEM private key in '",
    "unset, own, 'CLIENT_KEY_FILE: expected the certificate of that key in '",
    "own, other, 'CLIENT_KEY_FILE: expected the key of the first certificate in '",
    "own, rsa, 'CLIENT_KEY_FILE: expected the key of the first certificate in '",
    "own, broken, 'CLIENT_KEY_FILE: expected the key of the first certificate in '",
    "own, encrypted, 'is encrypted: decrypt it by `openssl pkey`'",
    "own, oldEncrypted, 'is encrypted: decrypt it by `openssl pkey`'"
  })
  void unusableFileIsNamedAndRecordsAreSentWithoutIt(
      String certificate, String key, String expected) throws Exception {
    HeldCertificate own = client(false);
    String keyPem =
        switch (key) {
          case "own" -> own.privateKeyPkcs8Pem();
          case "other" -> client(false).privateKeyPkcs8Pem();
          case "rsa" -> client(true).privateKeyPkcs1Pem();
          case "broken" -> "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n";
          case "encrypted" ->
              "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
          case "oldEncrypted" ->
              """
              -----BEGIN RSA PRIVATE KEY-----
              Proc-Type: 4,ENCRYPTED

              AAAA
              -----END RSA PRIVATE KEY-----
              """;
          default -> "";
        };
    String certificatePem =
        switch (certificate) {
          case "own" -> own.certificatePem();
          case "broken" -> "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n";
          default -> "";
        };

    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().code(200).build());
      try (ClientFixture http =
          new ClientFixture(
              "http://localhost:" + server.getPort() + "/",
              "PUSHER_HTTP_CLIENT_CERT_FILE",
              file(certificate, certificatePem, "cert.pem"),
              "PUSHER_HTTP_CLIENT_KEY_FILE",
              file(key, keyPem, "key.pem"))) {
        assertThat(http.output())
            .singleElement()
            .asString()
            .startsWith("log-shipper: PUSHER_HTTP_CLIENT_")
            .contains(expected)
            .endsWith("; no client certificate is presented");
        assertThat(http.send(in(20_000))).isEqualTo(SendResult.DELIVERED);
      }
    }
  }

  private String file(String kind, String content, String name) throws IOException {
    return switch (kind) {
      case "unset" -> "";
      case "missing" -> folder.resolve("none").toString();
      default -> write(name, content);
    };
  }

  private String write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static HeldCertificate client(boolean rsa) {
    HeldCertificate.Builder builder = new HeldCertificate.Builder().signedBy(CA).commonName("me");
    return (rsa ? builder.rsa2048() : builder.ecdsa256()).build();
  }

  /// PKCS#8 of a P-256 key is 26 bytes of version and algorithm, then an octet string.
  private static String sec1(HeldCertificate client) {
    byte[] pkcs8 = client.keyPair().getPrivate().getEncoded();
    byte[] sec1 = Arrays.copyOfRange(pkcs8, sequenceAt(pkcs8, 20), pkcs8.length);
    return "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
        + "-----BEGIN EC PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(sec1)
        + "\n-----END EC PRIVATE KEY-----\n";
  }

  private static int sequenceAt(byte[] der, int from) {
    int at = from;
    while (der[at] != 0x30) {
      at++;
    }
    return at;
  }

  private static MockWebServer requiringCertificates() throws IOException {
    MockWebServer server = new MockWebServer();
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(SERVER)
            .addTrustedCertificate(CA.certificate())
            .build()
            .sslSocketFactory());
    server.requireClientAuth();
    server.start();
    server.enqueue(new MockResponse.Builder().code(200).build());
    return server;
  }

  private static String url(MockWebServer server) {
    return "https://localhost:" + server.getPort() + "/";
  }
}
