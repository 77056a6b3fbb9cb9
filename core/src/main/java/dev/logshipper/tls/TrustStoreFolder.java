package dev.logshipper.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// The JVM's certificate authorities, one file per name, so that only those needed are parsed. The
/// layer's build writes the folder next to the trust store, under its name with `.d` appended.
///
/// A file is named after the SHA-256 of the authority's encoded name, in hexadecimal, and holds its
/// certificates in DER, one after the other.
///
/// Stateless: a file is read each time, which is small next to a TLS handshake.
///
/// @param path may be missing, as in any JVM but the layer's
record TrustStoreFolder(Path path) {

  /// The folder that belongs to the trust store which JSSE reads (JSSE Reference Guide, "The
  /// Default TrustManagerFactory").
  static TrustStoreFolder ofJvm() {
    String configured = System.getProperty("javax.net.ssl.trustStore");
    if (configured != null) {
      return of(Path.of(configured));
    }
    Path security = Path.of(System.getProperty("java.home"), "lib", "security");
    Path custom = security.resolve("jssecacerts");
    return of(Files.exists(custom) ? custom : security.resolve("cacerts"));
  }

  private static TrustStoreFolder of(Path trustStore) {
    return new TrustStoreFolder(trustStore.resolveSibling(trustStore.getFileName() + ".d"));
  }

  /// Returns the authorities of a name; none as well when the file cannot be read.
  List<X509Certificate> named(X500Principal name) {
    List<X509Certificate> found = new ArrayList<>();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getEncoded());
      Path file = path.resolve(HexFormat.of().formatHex(digest));
      if (Files.exists(file)) {
        ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        while (in.available() > 0) {
          found.add((X509Certificate) factory.generateCertificate(in));
        }
      }
      return found;
    } catch (IOException | GeneralSecurityException _) {
      return List.of();
    }
  }
}
