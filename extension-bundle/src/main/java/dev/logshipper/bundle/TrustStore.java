package dev.logshipper.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;

/// Certificates of stand-in destinations, added to those that the JDK trusts: a store of the usual
/// size is read the usual way.
final class TrustStore {
  private static final char[] PASSWORD = "changeit".toCharArray(); // no secret: the JDK's own

  private final KeyStore store;
  private int added;

  TrustStore() throws IOException {
    Path usual = Path.of(System.getProperty("java.home"), "lib/security/cacerts");
    try {
      store = KeyStore.getInstance(usual.toFile(), PASSWORD);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  void add(String pem) throws IOException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
      added++;
      store.setCertificateEntry(
          "stand-in-" + added, factory.generateCertificate(new ByteArrayInputStream(bytes)));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /// Writes it.
  ///
  /// @return the JVM options that make Java trust it
  List<String> writeTo(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    return List.of(
        "-Djavax.net.ssl.trustStore=\"" + file.toString().replace("\\", "\\\\") + "\"",
        "-Djavax.net.ssl.trustStorePassword=changeit");
  }
}
