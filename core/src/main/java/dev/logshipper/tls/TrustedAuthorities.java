package dev.logshipper.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The authorities that vouch for servers: those of the JVM, and some more. The JDK's trust manager
/// decides, but first with only those authorities whose names a server's certificates mention: to
/// parse all 140 takes a fifth of the CPU until the first delivery. What it refuses is put before
/// all of them.
///
/// The answer is that of all of them: an authority that no certificate mentions cannot vouch for
/// one.
///
/// Thread-safe.
public final class TrustedAuthorities extends X509ExtendedTrustManager {
  private static final X509Certificate[] NONE = {};

  private final AuthoritiesFile file;
  private final List<X509Certificate> more;
  private @Nullable SSLSocketFactory sockets;

  TrustedAuthorities(AuthoritiesFile file, List<X509Certificate> more) {
    this.file = file;
    this.more = List.copyOf(more);
  }

  /// Those that this JVM trusts.
  ///
  /// @param more to trust besides
  public static TrustedAuthorities ofJvm(List<X509Certificate> more) {
    return new TrustedAuthorities(AuthoritiesFile.ofJvm(), more);
  }

  /// Makes sockets that trust them; always the same, because sessions are kept there.
  public synchronized SSLSocketFactory sockets() {
    SSLSocketFactory made = sockets;
    if (made == null) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {this}, null);
        made = context.getSocketFactory();
        sockets = made;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("no TLS in this JVM", e);
      }
    }
    return made;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, judge -> judge.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, judge -> judge.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, judge -> judge.checkServerTrusted(chain, authType, engine));
  }

  /// One of the ways to ask the JDK.
  private interface Check {
    void by(X509ExtendedTrustManager judge) throws CertificateException;
  }

  private void check(X509Certificate[] chain, Check check) throws CertificateException {
    List<X509Certificate> mentioned = mentionedBy(chain);
    if (!mentioned.isEmpty()) {
      try {
        check.by(trusting(mentioned));
        return;
      } catch (CertificateException _) {
        // All of them have the last word, and the words for it.
      }
    }
    check.by(trusting(all()));
  }

  private List<X509Certificate> mentionedBy(X509Certificate[] chain) {
    Set<ByteBuffer> names = new HashSet<>();
    for (X509Certificate certificate : chain) {
      names.add(ByteBuffer.wrap(certificate.getIssuerX500Principal().getEncoded()));
      names.add(ByteBuffer.wrap(certificate.getSubjectX500Principal().getEncoded()));
    }
    return with(file.named(names));
  }

  private List<X509Certificate> all() throws CertificateException {
    return with(List.of(jdk(null).getAcceptedIssuers()));
  }

  private List<X509Certificate> with(List<X509Certificate> known) {
    List<X509Certificate> all = new ArrayList<>(known);
    all.addAll(more);
    return all;
  }

  private static X509ExtendedTrustManager trusting(List<X509Certificate> authorities)
      throws CertificateException {
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      return jdk(store);
    } catch (GeneralSecurityException | IOException e) {
      throw new CertificateException(e);
    }
  }

  /// @param store null for what the JVM trusts
  private static X509ExtendedTrustManager jdk(@Nullable KeyStore store)
      throws CertificateException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager x509) {
          return x509;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
    throw new CertificateException("no trust manager for X.509");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw noClients();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw noClients();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw noClients();
  }

  private static CertificateException noClients() {
    return new CertificateException("here only servers are judged");
  }

  /// None: it is what a server would tell its clients.
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NONE;
  }
}
