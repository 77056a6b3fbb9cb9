package dev.logshipper.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import okhttp3.tls.HeldCertificate;

/// Writes key stores.
final class Stores {
  static final char[] PASSWORD = "changeit".toCharArray();

  private Stores() {}

  static Path jks(Path file, List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    return write(file, "JKS", authorities);
  }

  static Path write(Path file, String format, List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(format);
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    return write(file, store);
  }

  static Path writeKey(Path file, HeldCertificate held)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    Certificate[] chain = {held.certificate()};
    store.setKeyEntry("key", held.keyPair().getPrivate(), PASSWORD, chain);
    return write(file, store);
  }

  private static Path write(Path file, KeyStore store)
      throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return file;
  }
}
