package dev.logshipper.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

/// The JDK's trusted certificates and that of one stand-in, in a file that is read as the JDK's own
/// is: without a password, because deriving a key from one would cost the candidate milliseconds.
final class TrustStore {
  private static final char[] PASSWORD = "changeit".toCharArray(); // no secret: the JDK's own

  private TrustStore() {}

  static void write(String certificatePem, Path file) throws IOException {
    System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
    System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    Path usual = Path.of(System.getProperty("java.home"), "lib/security/cacerts");
    byte[] pem = certificatePem.getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance(usual.toFile(), PASSWORD);
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      store.setCertificateEntry(
          "stand-in", factory.generateCertificate(new ByteArrayInputStream(pem)));
      store.store(out, PASSWORD);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
