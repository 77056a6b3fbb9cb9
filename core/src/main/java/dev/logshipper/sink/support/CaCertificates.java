package dev.logshipper.sink.support;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Diagnostics;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

  /// The certificates in the PEM file that a variable names, if any. A file that is unreadable or
  /// holds none is reported, and only the public CAs are trusted.
  public static List<X509Certificate> of(
      Setting<String> variable, Settings settings, Diagnostics diagnostics) {
    String file = settings.find(variable).orElse("");
    try {
      return file.isEmpty() ? List.of() : read(file, variable.name());
    } catch (IllegalArgumentException unusable) {
      diagnostics.warn(unusable.getMessage() + "; only public CAs are trusted");
      return List.of();
    }
  }

  private static List<X509Certificate> read(String file, String variable) {
    List<X509Certificate> certificates = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add((X509Certificate) certificate);
      }
    } catch (IOException | InvalidPathException _) {
      throw new IllegalArgumentException(
          variable + ": cannot read " + file + ", expected PEM certificates");
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
