package dev.logshipper.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The file with the authorities that the JVM trusts, of which only those are parsed that somebody
/// asks for by name. It has to be a key store of the format JKS, as the layer's is; any other is
/// left to the JDK.
///
/// Stateless: the file is read each time, which a new connection does not notice.
///
/// Source of the format: `sun.security.provider.JavaKeyStore` of OpenJDK.
final class AuthoritiesFile {
  private static final int MAGIC = 0xfeedfeed;
  private static final int VERSION = 2;
  private static final int TRUSTED_CERTIFICATE = 2;

  private final Path path;

  AuthoritiesFile(Path path) {
    this.path = path;
  }

  /// The one that JSSE reads (JSSE Reference Guide, "The Default TrustManagerFactory").
  static AuthoritiesFile ofJvm() {
    String named = System.getProperty("javax.net.ssl.trustStore");
    if (named != null) {
      return new AuthoritiesFile(Path.of(named));
    }
    Path folder = Path.of(System.getProperty("java.home"), "lib", "security");
    Path own = folder.resolve("jssecacerts");
    return new AuthoritiesFile(Files.exists(own) ? own : folder.resolve("cacerts"));
  }

  /// The certificates whose owner has one of these names.
  ///
  /// @param names as they are encoded
  /// @return empty also when the file cannot be read this way
  List<X509Certificate> named(Set<ByteBuffer> names) {
    try {
      return find(names, ByteBuffer.wrap(Files.readAllBytes(path)));
    } catch (IOException | CertificateException | BufferUnderflowException _) {
      return List.of();
    }
  }

  private static List<X509Certificate> find(Set<ByteBuffer> names, ByteBuffer store)
      throws CertificateException {
    List<X509Certificate> found = new ArrayList<>();
    if (store.getInt() != MAGIC || store.getInt() != VERSION) {
      return found;
    }
    int entries = store.getInt();
    for (int i = 0; i < entries; i++) {
      if (store.getInt() != TRUSTED_CERTIFICATE) {
        return List.of();
      }
      ByteBuffer _ = Slices.next(store, Short.toUnsignedInt(store.getShort())); // The alias.
      store.getLong(); // When it was added.
      ByteBuffer _ = Slices.next(store, Short.toUnsignedInt(store.getShort())); // The type, X.509.
      ByteBuffer certificate = Slices.next(store, store.getInt());
      if (names.contains(DerSubject.of(certificate))) {
        found.add(parse(certificate));
      }
    }
    return found;
  }

  private static X509Certificate parse(ByteBuffer certificate) throws CertificateException {
    ByteArrayInputStream in =
        new ByteArrayInputStream(
            certificate.array(), certificate.arrayOffset(), certificate.remaining());
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
  }
}
