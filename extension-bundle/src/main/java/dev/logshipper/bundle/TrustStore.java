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
import java.util.Collections;
import java.util.List;

/// Authorities that a JVM trusts, in the format JKS, of which core reads no more than it needs.
/// Those of the JDK, and of stand-in destinations: a store of the usual size is read the usual way.
public final class TrustStore {
  private static final char[] PASSWORD = "changeit".toCharArray(); // no secret: the JDK's own

  private final KeyStore store;
  private int added;

  private TrustStore(KeyStore store) {
    this.store = store;
  }

  /// Those that the JDK which runs this program trusts.
  public static TrustStore ofJdk() throws IOException {
    return of(Path.of(System.getProperty("java.home"), "lib/security/cacerts"));
  }

  /// Those in a file of any format.
  static TrustStore of(Path file) throws IOException {
    try {
      KeyStore given = KeyStore.getInstance(file.toFile(), PASSWORD);
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      for (String alias : Collections.list(given.aliases())) {
        store.setCertificateEntry(alias, given.getCertificate(alias));
      }
      return new TrustStore(store);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /// Adds a certificate.
  public void add(String pem) throws IOException {
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
  /// @return the JVM option that makes Java trust it
  public List<String> writeTo(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    return List.of("-Djavax.net.ssl.trustStore=\"" + file.toString().replace("\\", "\\\\") + "\"");
  }
}
