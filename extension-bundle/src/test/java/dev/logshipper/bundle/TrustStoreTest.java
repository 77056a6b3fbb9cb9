package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.tls.LazyTrustManager;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  @TempDir Path folder;

  @AfterEach
  void useTheDefaultTrustStore() {
    System.clearProperty(TRUST_STORE);
  }

  @Test
  void coreReadsTheFolderNextToTheKeyStore() throws Exception {
    try (Destination destination = HttpDestination.startTls()) {
      Path file = folder.resolve("trusted.jks");
      TrustStore written = TrustStore.ofJdk();
      written.add(destination.certificatePem());
      List<String> _ = written.writeTo(file);
      Files.delete(file); // so that the JDK trusts nothing
      System.setProperty(TRUST_STORE, file.toString());
      X509Certificate[] chain = {parse(destination.certificatePem())};

      assertThatCode(() -> check(chain)).doesNotThrowAnyException();
      new FileTree(folder.resolve("trusted.jks.d")).delete();
      assertThatThrownBy(() -> check(chain)).isInstanceOf(CertificateException.class);
    }
  }

  private static void check(X509Certificate[] chain) throws CertificateException {
    LazyTrustManager.ofJvm(List.of()).checkServerTrusted(chain, "ECDHE_ECDSA");
  }

  private static X509Certificate parse(String pem) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
