package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedAuthoritiesTest {
  private static final String KEY_EXCHANGE = "ECDHE_ECDSA";

  private final HeldCertificate root = authority("root").build();
  private final HeldCertificate between = authority("between").signedBy(root).build();
  private final HeldCertificate server = server().signedBy(between).build();
  private final HeldCertificate otherRoot = authority("other root").build();

  @TempDir Path folder;
  private TrustedAuthorities trusted;

  @BeforeEach
  void trustRootAndOthers() throws Exception {
    trusted = trusting(root, otherRoot);
  }

  private TrustedAuthorities trusting(HeldCertificate... roots) throws Exception {
    List<X509Certificate> authorities =
        List.of(roots).stream().map(HeldCertificate::certificate).toList();
    return new TrustedAuthorities(
        new AuthoritiesFile(Stores.jks(folder.resolve("store"), authorities)), List.of());
  }

  private static HeldCertificate.Builder authority(String name) {
    return new HeldCertificate.Builder().commonName(name).certificateAuthority(1);
  }

  private static HeldCertificate.Builder server() {
    return new HeldCertificate.Builder().addSubjectAlternativeName("localhost");
  }

  private void check(TrustedAuthorities by, HeldCertificate... chain) throws CertificateException {
    X509Certificate[] certificates = new X509Certificate[chain.length];
    for (int i = 0; i < chain.length; i++) {
      certificates[i] = chain[i].certificate();
    }
    by.checkServerTrusted(certificates, KEY_EXCHANGE);
  }

  private void refuses(TrustedAuthorities by, HeldCertificate... chain) {
    assertThatThrownBy(() -> check(by, chain)).isInstanceOf(CertificateException.class);
  }

  @Test
  void aServerWhoseChainLeadsToAnAuthorityIsTrusted() {
    assertThatCode(() -> check(trusted, server, between)).doesNotThrowAnyException();
    assertThatCode(() -> check(trusted, server, between, root)).doesNotThrowAnyException();
  }

  @Test
  void aServerOfAnUnknownAuthorityIsNot() throws Exception {
    refuses(trusting(otherRoot), server, between, root);
  }

  @Test
  void aGapInTheChainIsNotFilled() {
    refuses(trusted, server);
  }

  @Test
  void anAuthorityOfTheSameNameCannotVouch() throws Exception {
    refuses(trusting(authority("root").build()), server, between, root);
  }

  @Test
  void theNameAloneOfAKnownAuthorityIsWorthNothing() {
    HeldCertificate impostor = authority("root").build();
    HeldCertificate ofImpostor = server().signedBy(impostor).build();
    refuses(trusted, ofImpostor, impostor);
  }

  @Test
  void anotherAuthorityBesideTheRightOneOfTheSameNameDoesNoHarm() throws Exception {
    TrustedAuthorities both = trusting(authority("root").build(), root);
    assertThatCode(() -> check(both, server, between)).doesNotThrowAnyException();
  }

  @Test
  void aCrossSignedRootBelowAnOlderOneIsTrustedByEither() throws Exception {
    HeldCertificate crossSigned =
        authority("root").keyPair(root.keyPair()).signedBy(otherRoot).build();
    assertThatCode(() -> check(trusting(otherRoot), server, between, crossSigned))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(trusting(root), server, between, crossSigned))
        .doesNotThrowAnyException();
  }

  @Test
  void aServerPastItsTimeIsRefused() {
    long hour = TimeUnit.HOURS.toMillis(1);
    long now = System.currentTimeMillis();
    HeldCertificate past =
        server().signedBy(between).validityInterval(now - 2 * hour, now - hour).build();
    refuses(trusted, past, between);
  }

  @Test
  void whereTheFileSaysNothingTheJdkDecides() {
    TrustedAuthorities without =
        new TrustedAuthorities(new AuthoritiesFile(folder.resolve("none")), List.of());
    refuses(without, server, between, root);
  }

  @Test
  void moreAuthoritiesAreTrustedBesides() {
    TrustedAuthorities more =
        new TrustedAuthorities(
            new AuthoritiesFile(folder.resolve("none")), List.of(root.certificate()));
    assertThatCode(() -> check(more, server, between)).doesNotThrowAnyException();
  }

  @Test
  void socketsAreMadeByOneFactoryBecauseSessionsLiveThere() {
    assertThat(trusted.sockets()).isSameAs(trusted.sockets());
  }

  @Test
  void noClientIsJudged() {
    X509Certificate[] chain = {server.certificate()};
    assertThatThrownBy(() -> trusted.checkClientTrusted(chain, KEY_EXCHANGE))
        .isInstanceOf(CertificateException.class);
    assertThat(trusted.getAcceptedIssuers()).isEmpty();
  }
}
