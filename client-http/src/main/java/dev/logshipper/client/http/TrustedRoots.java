package dev.logshipper.client.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Certificates of a private authority, trusted besides the well-known ones. Stateless.
final class TrustedRoots {
  private TrustedRoots() {}

  /// Reads a PEM file.
  ///
  /// @param variable that names it
  /// @throws IllegalArgumentException when it cannot be read or holds no certificate
  static List<X509Certificate> read(String file, String variable) {
    List<X509Certificate> roots = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
      for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        roots.add((X509Certificate) root);
      }
    } catch (IOException _) {
      throw new IllegalArgumentException(variable + ": cannot read " + file);
    } catch (CertificateException _) {
      throw noCertificates(file, variable);
    }
    if (roots.isEmpty()) {
      throw noCertificates(file, variable);
    }
    return List.copyOf(roots);
  }

  private static IllegalArgumentException noCertificates(String file, String variable) {
    return new IllegalArgumentException(variable + ": expected PEM certificates in " + file);
  }
}
