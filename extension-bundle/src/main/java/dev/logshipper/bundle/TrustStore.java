package dev.logshipper.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/// Certificate authorities for a JVM: a key store for the JDK and next to it a folder for core,
/// which reads only the authorities that a server's certificates name.
public final class TrustStore {
  private static final char[] PASSWORD = "changeit".toCharArray(); // no secret: the JDK's own

  private final KeyStore store;
  private int added;

  private TrustStore(KeyStore store) {
    this.store = store;
  }

  /// The authorities of the JDK that runs this program.
  public static TrustStore ofJdk() throws IOException {
    return of(Path.of(System.getProperty("java.home"), "lib/security/cacerts"));
  }

  /// The authorities in a key store of any format.
  static TrustStore of(Path file) throws IOException {
    try {
      return new TrustStore(KeyStore.getInstance(file.toFile(), PASSWORD));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /// Adds a certificate, once.
  public void add(String pem) throws IOException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
      Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(bytes));
      if (store.getCertificateAlias(certificate) == null) {
        added++;
        store.setCertificateEntry("added-" + added, certificate);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /// Writes the key store and its folder.
  ///
  /// @return the JVM option that makes Java use them
  public List<String> writeTo(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    writeFolder(file);
    return List.of("-Djavax.net.ssl.trustStore=\"" + file.toString().replace("\\", "\\\\") + "\"");
  }

  /// Writes `<file>.d/` next to a key store: for each name of an authority a file called after the
  /// SHA-256 of the encoded name, which holds the certificates of that name in DER.
  void writeFolder(Path file) throws IOException {
    Path folder = file.resolveSibling(file.getFileName() + ".d");
    new FileTree(folder).delete();
    Files.createDirectory(folder);
    try {
      for (String alias : Collections.list(store.aliases())) {
        X509Certificate authority = (X509Certificate) store.getCertificate(alias);
        byte[] name = authority.getSubjectX500Principal().getEncoded();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
        Files.write(
            folder.resolve(HexFormat.of().formatHex(digest)),
            authority.getEncoded(),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
