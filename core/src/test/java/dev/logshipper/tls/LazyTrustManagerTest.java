package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LazyTrustManagerTest {
  private static final String KEY_EXCHANGE = "ECDHE_ECDSA";

  private final HeldCertificate root = authority("root").build();
  private final HeldCertificate intermediate = authority("intermediate").signedBy(root).build();
  private final HeldCertificate server = server().signedBy(intermediate).build();
  private final HeldCertificate otherRoot = authority("other root").build();

  @TempDir Path folder;
  private LazyTrustManager trusted;

  @BeforeEach
  void trustRootAndOthers() throws Exception {
    trusted = trusting(root, otherRoot);
  }

  private LazyTrustManager trusting(HeldCertificate... roots) throws Exception {
    List<X509Certificate> authorities =
        List.of(roots).stream().map(HeldCertificate::certificate).toList();
    return new LazyTrustManager(
        TrustStores.folder(Files.createTempDirectory(folder, null), authorities), List.of());
  }

  private static HeldCertificate.Builder authority(String name) {
    return new HeldCertificate.Builder().commonName(name).certificateAuthority(1);
  }

  private static HeldCertificate.Builder server() {
    return new HeldCertificate.Builder().addSubjectAlternativeName("localhost");
  }

  private void check(LazyTrustManager manager, HeldCertificate... chain)
      throws CertificateException {
    X509Certificate[] certificates = new X509Certificate[chain.length];
    for (int i = 0; i < chain.length; i++) {
      certificates[i] = chain[i].certificate();
    }
    manager.checkServerTrusted(certificates, KEY_EXCHANGE);
  }

  private void assertRejected(LazyTrustManager manager, HeldCertificate... chain) {
    assertThatThrownBy(() -> check(manager, chain)).isInstanceOf(CertificateException.class);
  }

  @Test
  void aServerWhoseChainLeadsToAnAuthorityIsTrusted() {
    assertThatCode(() -> check(trusted, server, intermediate)).doesNotThrowAnyException();
    assertThatCode(() -> check(trusted, server, intermediate, root)).doesNotThrowAnyException();
  }

  @Test
  void aServerOfAnUnknownAuthorityIsRejected() throws Exception {
    assertRejected(trusting(otherRoot), server, intermediate, root);
  }

  @Test
  void aGapInTheChainIsNotFilled() {
    assertRejected(trusted, server);
  }

  @Test
  void anotherAuthorityOfTheSameNameIsNotEnough() throws Exception {
    assertRejected(trusting(authority("root").build()), server, intermediate, root);
  }

  @Test
  void theNameOfAKnownAuthorityIsNotEnough() {
    HeldCertificate impostor = authority("root").build();
    HeldCertificate ofImpostor = server().signedBy(impostor).build();
    assertRejected(trusted, ofImpostor, impostor);
  }

  @Test
  void twoAuthoritiesMayShareAName() throws Exception {
    LazyTrustManager both = trusting(authority("root").build(), root);
    assertThatCode(() -> check(both, server, intermediate)).doesNotThrowAnyException();
  }

  @Test
  void aCrossSignedRootBelowAnOlderOneIsTrustedByEither() throws Exception {
    HeldCertificate crossSigned =
        authority("root").keyPair(root.keyPair()).signedBy(otherRoot).build();
    assertThatCode(() -> check(trusting(otherRoot), server, intermediate, crossSigned))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(trusting(root), server, intermediate, crossSigned))
        .doesNotThrowAnyException();
  }

  @Test
  void anExpiredCertificateIsRejected() {
    long hour = TimeUnit.HOURS.toMillis(1);
    long now = System.currentTimeMillis();
    HeldCertificate expired =
        server().signedBy(intermediate).validityInterval(now - 2 * hour, now - hour).build();
    assertRejected(trusted, expired, intermediate);
  }

  @Test
  void withoutTheFolderTheJdkDecides() {
    LazyTrustManager without =
        new LazyTrustManager(new TrustStoreFolder(folder.resolve("none")), List.of());
    assertRejected(without, server, intermediate, root);
  }

  @Test
  void additionalAuthoritiesAreTrusted() {
    LazyTrustManager with =
        new LazyTrustManager(
            new TrustStoreFolder(folder.resolve("none")), List.of(root.certificate()));
    assertThatCode(() -> check(with, server, intermediate)).doesNotThrowAnyException();
  }

  @Test
  void thereIsOneSocketFactoryBecauseItHoldsTheSessions() {
    assertThat(trusted.socketFactory()).isSameAs(trusted.socketFactory());
  }

  @Test
  void clientsAreNotVerified() {
    X509Certificate[] chain = {server.certificate()};
    assertThatThrownBy(() -> trusted.checkClientTrusted(chain, KEY_EXCHANGE))
        .isInstanceOf(CertificateException.class);
    assertThat(trusted.getAcceptedIssuers()).isEmpty();
  }
}
