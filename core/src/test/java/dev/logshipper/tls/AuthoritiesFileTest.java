package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthoritiesFileTest {
  @TempDir Path folder;

  private static Set<ByteBuffer> nameOf(X509Certificate authority) {
    return Set.of(ByteBuffer.wrap(authority.getSubjectX500Principal().getEncoded()));
  }

  @Test
  void everyAuthorityOfTheJdkIsFoundByItsName() throws Exception {
    Path usual = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    KeyStore jdk = KeyStore.getInstance(usual.toFile(), Stores.PASSWORD);
    List<X509Certificate> all = new ArrayList<>();
    for (String alias : Collections.list(jdk.aliases())) {
      all.add((X509Certificate) jdk.getCertificate(alias));
    }
    AuthoritiesFile file = new AuthoritiesFile(Stores.jks(folder.resolve("store"), all));

    assertThat(all).hasSizeGreaterThan(50);
    for (X509Certificate authority : all) {
      assertThat(file.named(nameOf(authority)))
          .contains(authority)
          .allMatch(
              found -> found.getSubjectX500Principal().equals(authority.getSubjectX500Principal()));
    }
  }

  @Test
  void nobodyElseIsFound() throws Exception {
    X509Certificate known = new HeldCertificate.Builder().commonName("a").build().certificate();
    X509Certificate other = new HeldCertificate.Builder().commonName("b").build().certificate();
    AuthoritiesFile file = new AuthoritiesFile(Stores.jks(folder.resolve("store"), List.of(known)));

    assertThat(file.named(nameOf(other))).isEmpty();
  }

  @Test
  void aFileThatEndsAnywhereIsNotRead() throws Exception {
    X509Certificate known = new HeldCertificate.Builder().build().certificate();
    Path whole = Stores.jks(folder.resolve("store"), List.of(known));
    byte[] bytes = Files.readAllBytes(whole);
    int digestBytes = 20;
    for (int length = 0; length < bytes.length - digestBytes; length++) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
      assertThat(new AuthoritiesFile(cut).named(nameOf(known))).isEmpty();
    }
  }

  @Test
  void aFileWithAnyByteChangedHarmsNobody() throws Exception {
    X509Certificate known = new HeldCertificate.Builder().build().certificate();
    byte[] bytes = Files.readAllBytes(Stores.jks(folder.resolve("store"), List.of(known)));
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= (byte) 0xff;
      Path file = Files.write(folder.resolve("changed"), changed);
      assertThat(new AuthoritiesFile(file).named(nameOf(known))).hasSizeLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "missing"})
  void whateverElseIsLeftToTheJdk(String kind) throws Exception {
    X509Certificate known = new HeldCertificate.Builder().build().certificate();
    Path path = folder.resolve("store");
    if (kind.equals("PKCS12")) {
      Stores.write(path, kind, List.of(known));
    }
    assertThat(new AuthoritiesFile(path).named(nameOf(known))).isEmpty();
  }

  @Test
  void aStoreWithAKeyIsLeftToTheJdk() throws Exception {
    HeldCertificate held = new HeldCertificate.Builder().build();
    Path path = folder.resolve("store");
    Stores.writeKey(path, held);
    assertThat(new AuthoritiesFile(path).named(nameOf(held.certificate()))).isEmpty();
  }
}
