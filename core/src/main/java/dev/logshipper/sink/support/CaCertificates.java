package dev.logshipper.sink.support;

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

/// Reads certificates of private CAs, trusted in addition to the public ones. Stateless.
public final class CaCertificates {
  private CaCertificates() {}

  /// Reads a PEM file.
  ///
  /// @param variable that names the file
  /// @throws IllegalArgumentException when the file is unreadable or holds no certificate
  public static List<X509Certificate> read(String file, String variable) {
    List<X509Certificate> certificates = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add((X509Certificate) certificate);
      }
    } catch (IOException _) {
      throw new IllegalArgumentException(variable + ": cannot read " + file);
    } catch (CertificateException _) {
      throw noCertificates(file, variable);
    }
    if (certificates.isEmpty()) {
      throw noCertificates(file, variable);
    }
    return List.copyOf(certificates);
  }

  private static IllegalArgumentException noCertificates(String file, String variable) {
    return new IllegalArgumentException(variable + ": expected PEM certificates in " + file);
  }
}
