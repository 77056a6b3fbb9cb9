package dev.logshipper.sandbox.destination;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.destination.s3.S3Destination;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {
  private static final HttpDestination DESTINATION = HttpDestination.startTls();

  @AfterAll
  static void close() {
    DESTINATION.close();
  }

  @Test
  void senderThatTrustsTheCertificateDelivers() throws Exception {
    try (Sender sender = new Sender(DESTINATION, trusting(DESTINATION.certificatePem()))) {
      assertThat(sender.post("1\n").statusCode()).isEqualTo(200);
    }

    assertThat(DESTINATION.url()).startsWith("https://127.0.0.1:");
    assertThat(DESTINATION.lines()).contains("1");
  }

  @Test
  void senderThatDoesNotTrustItCannotConnect() {
    try (Sender sender = new Sender(DESTINATION)) {
      assertThatThrownBy(() -> sender.post("2\n")).isInstanceOf(SSLHandshakeException.class);
    }

    assertThat(DESTINATION.lines()).doesNotContain("2");
  }

  @Test
  void connectionIsResetUnderTlsToo() throws Exception {
    DESTINATION.respondNext(ScriptedResponse.resetAfterBody());

    try (Sender sender = new Sender(DESTINATION, trusting(DESTINATION.certificatePem()))) {
      assertThatThrownBy(() -> sender.post("3\n"))
          .isInstanceOf(IOException.class)
          .hasStackTraceContaining("reset");
    }

    assertThat(DESTINATION.lines()).doesNotContain("3");
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void serverSendsLeafAndIntermediateOfAChainWhoseRootTheClientTrusts(Tls kind) throws Exception {
    Destination destination =
        kind == Tls.RSA ? S3Destination.startTls("logs") : HttpDestination.startTls();
    try (destination;
        Sender sender = new Sender(destination, trusting(destination.certificatePem()))) {
      Certificate[] sent = sender.post("x").sslSession().orElseThrow().getPeerCertificates();
      Certificate root = parse(destination.certificatePem());

      assertThat(sent).hasSize(2).doesNotContain(root);
      sent[0].verify(sent[1].getPublicKey());
      sent[1].verify(root.getPublicKey());
      assertThat(bits(sent[0])).isEqualTo(kind == Tls.RSA ? 2048 : 256);
      assertThat(bits(sent[1])).isEqualTo(kind == Tls.RSA ? 2048 : 384);
      assertThat(bits(root)).isEqualTo(kind == Tls.RSA ? 2048 : 384);
    }
  }

  private static int bits(Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength();
      case ECPublicKey curve -> curve.getParams().getOrder().bitLength();
      default -> 0;
    };
  }

  private static Certificate parse(String pem) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
  }

  @Test
  void certificateWithoutTlsIsAnError() {
    try (HttpDestination plain = HttpDestination.start()) {
      assertThatThrownBy(plain::certificatePem).hasMessage("started without TLS");
    }
  }

  static HttpClient.Builder trusting(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("destination", parse(pem));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context);
  }
}
