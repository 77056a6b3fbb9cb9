package dev.logshipper.sandbox.destination;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

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

  @Test
  void certificateWithoutTlsIsAnError() {
    try (HttpDestination plain = HttpDestination.start()) {
      assertThatThrownBy(plain::certificatePem).hasMessage("started without TLS");
    }
  }

  static HttpClient.Builder trusting(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry(
        "destination",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context);
  }
}
