package dev.logshipper.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/// Writes trust store folders as the layer's build does.
final class TrustStores {
  private TrustStores() {}

  static TrustStoreFolder folder(Path path, List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    for (X509Certificate authority : authorities) {
      Files.write(
          fileOf(path, authority),
          authority.getEncoded(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    return new TrustStoreFolder(path);
  }

  static Path fileOf(Path folder, X509Certificate authority) throws GeneralSecurityException {
    byte[] name = authority.getSubjectX500Principal().getEncoded();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
    return folder.resolve(HexFormat.of().formatHex(digest));
  }
}
