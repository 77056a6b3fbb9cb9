package dev.logshipper.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Verifies servers against the JVM's certificate authorities and additional ones. The JDK's trust
/// manager decides, first with only the authorities that the server's certificates name: parsing
/// all 140 costs a fifth of the CPU until the first delivery. If it rejects the server, it decides
/// again with all authorities.
///
/// The result is that of all authorities, because one that no certificate names cannot have signed
/// any.
///
/// Thread-safe.
public final class LazyTrustManager extends X509ExtendedTrustManager {
  private static final X509Certificate[] NONE = {};

  /// Shared by all sinks, for the lifetime of the JVM.
  private static final KeyShares KEY_SHARES = new KeyShares();

  private final TrustStoreFolder folder;
  private final List<X509Certificate> additional;
  private final List<KeyManager> clientCertificates;
  private @Nullable SSLSocketFactory socketFactory;

  LazyTrustManager(TrustStoreFolder folder, List<X509Certificate> additional) {
    this(folder, additional, List.of());
  }

  private LazyTrustManager(
      TrustStoreFolder folder,
      List<X509Certificate> additional,
      List<KeyManager> clientCertificates) {
    this.folder = folder;
    this.additional = List.copyOf(additional);
    this.clientCertificates = List.copyOf(clientCertificates);
  }

  /// Returns a trust manager for this JVM's authorities.
  ///
  /// @param additional authorities trusted as well
  public static LazyTrustManager ofJvm(List<X509Certificate> additional) {
    return ofJvm(additional, List.of());
  }

  /// Returns a trust manager for this JVM's authorities, whose sockets present a certificate to
  /// servers that require one.
  ///
  /// @param additional authorities trusted as well
  public static LazyTrustManager ofJvm(
      List<X509Certificate> additional, List<KeyManager> clientCertificates) {
    return new LazyTrustManager(TrustStoreFolder.ofJvm(), additional, clientCertificates);
  }

  /// Returns a socket factory that uses this trust manager; always the same one, because it may
  /// hold TLS sessions.
  public synchronized SSLSocketFactory socketFactory() {
    SSLSocketFactory made = socketFactory;
    if (made == null) {
      made =
          TlsLibrary.isNative()
              ? new NativeSocketFactory(this, NativeKey.of(clientCertificates))
              : new JdkSocketFactory(this, clientCertificates, KEY_SHARES);
      socketFactory = made;
    }
    return made;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (socket instanceof SSLSocket secured) {
      SSLSession session = secured.getHandshakeSession();
      if (session != null) {
        KEY_SHARES.answered(session.getPeerHost(), session.getPeerPort());
      }
    }
    check(chain, manager -> manager.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, authType, engine));
  }

  /// One of the three variants of `checkServerTrusted`.
  private interface Check {
    void with(X509ExtendedTrustManager manager) throws CertificateException;
  }

  private void check(X509Certificate[] chain, Check check) throws CertificateException {
    List<X509Certificate> named = namedBy(chain);
    if (!named.isEmpty()) {
      try {
        check.with(trusting(named));
        return;
      } catch (CertificateException _) {
        // The check against all authorities decides and words the error.
      }
    }
    check.with(trusting(all()));
  }

  private List<X509Certificate> namedBy(X509Certificate[] chain) {
    List<X509Certificate> named = new ArrayList<>(additional);
    for (X509Certificate certificate : chain) {
      named.addAll(folder.named(certificate.getIssuerX500Principal()));
    }
    return named;
  }

  private List<X509Certificate> all() throws CertificateException {
    List<X509Certificate> all = new ArrayList<>(additional);
    all.addAll(List.of(jdk(null).getAcceptedIssuers()));
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

  /// @param store null for the JVM's trust store
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
    return new CertificateException("only servers are verified");
  }

  /// None: only servers send this list.
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NONE;
  }
}
