package dev.logshipper.client.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

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

  /// A trust manager for the well-known roots and `more`.
  static X509TrustManager with(List<X509Certificate> more) throws IOException {
    try {
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      int number = 0;
      for (X509Certificate root : trustManager(null).getAcceptedIssuers()) {
        roots.setCertificateEntry("root-" + number++, root);
      }
      for (X509Certificate root : more) {
        roots.setCertificateEntry("root-" + number++, root);
      }
      return trustManager(roots);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static X509TrustManager trustManager(@Nullable KeyStore roots)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(roots);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no trust manager for X.509");
  }

  private static IllegalArgumentException noCertificates(String file, String variable) {
    return new IllegalArgumentException(variable + ": expected PEM certificates in " + file);
  }
}
