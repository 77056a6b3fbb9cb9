package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreFolderTest {
  @TempDir Path path;

  private static X509Certificate authority(String name) {
    return new HeldCertificate.Builder().commonName(name).build().certificate();
  }

  private static List<X509Certificate> named(TrustStoreFolder folder, X509Certificate authority) {
    return folder.named(authority.getSubjectX500Principal());
  }

  @Test
  void everyAuthorityOfTheJdkIsFoundByItsName() throws Exception {
    Path usual = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    KeyStore jdk = KeyStore.getInstance(usual.toFile(), "changeit".toCharArray());
    List<X509Certificate> all = new ArrayList<>();
    for (String alias : Collections.list(jdk.aliases())) {
      all.add((X509Certificate) jdk.getCertificate(alias));
    }
    TrustStoreFolder folder = TrustStores.folder(path, all);

    assertThat(all).hasSizeGreaterThan(50);
    for (X509Certificate authority : all) {
      assertThat(named(folder, authority))
          .contains(authority)
          .allMatch(
              found -> found.getSubjectX500Principal().equals(authority.getSubjectX500Principal()));
    }
  }

  @Test
  void authoritiesMayShareAName() throws Exception {
    X509Certificate first = authority("a");
    X509Certificate second = authority("a");
    assertThat(named(TrustStores.folder(path, List.of(first, second)), first))
        .containsExactly(first, second);
  }

  @Test
  void anUnknownNameIsNotFound() throws Exception {
    TrustStoreFolder folder = TrustStores.folder(path, List.of(authority("a")));
    assertThat(named(folder, authority("b"))).isEmpty();
  }

  @Test
  void withoutTheFolderNothingIsFound() {
    assertThat(named(new TrustStoreFolder(path.resolve("missing")), authority("a"))).isEmpty();
  }

  @Test
  void aTruncatedFileIsNotUsed() throws Exception {
    X509Certificate known = authority("a");
    TrustStoreFolder folder = TrustStores.folder(path, List.of(known));
    byte[] bytes = known.getEncoded();
    for (int length = 0; length < bytes.length; length++) {
      Files.write(TrustStores.fileOf(path, known), Arrays.copyOf(bytes, length));
      assertThat(named(folder, known)).isEmpty();
    }
  }

  @Test
  void aDamagedFileIsHarmless() throws Exception {
    X509Certificate known = authority("a");
    TrustStoreFolder folder = TrustStores.folder(path, List.of(known));
    byte[] bytes = known.getEncoded();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= (byte) 0xff;
      Files.write(TrustStores.fileOf(path, known), changed);
      assertThat(named(folder, known)).hasSizeLessThanOrEqualTo(1);
    }
  }
}
