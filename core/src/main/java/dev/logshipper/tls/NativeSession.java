package dev.logshipper.tls;

import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/// The facts about one connection of the native library, for the JDK's trust manager during the
/// handshake and for clients after it. Sessions are not resumed. Immutable.
final class NativeSession extends ExtendedSSLSession {
  /// The JDK's trust manager accepts signatures by these only.
  private static final String[] SIGNATURES = {
    "SHA256withECDSA",
    "SHA384withECDSA",
    "SHA512withECDSA",
    "EdDSA",
    "Ed25519",
    "RSASSA-PSS",
    "SHA256withRSA",
    "SHA384withRSA",
    "SHA512withRSA"
  };

  private static final byte[] NO_ID = {};

  private final String peerHost;
  private final int peerPort;
  private final String protocol;
  private final String suite;
  private final X509Certificate[] peer;
  private final X509Certificate @Nullable [] local;
  private final long createdMillis = System.currentTimeMillis();

  NativeSession(
      String peerHost,
      int peerPort,
      String protocol,
      String suite,
      X509Certificate[] peer,
      X509Certificate @Nullable [] local) {
    this.peerHost = peerHost;
    this.peerPort = peerPort;
    this.protocol = protocol;
    this.suite = suite;
    this.peer = peer;
    this.local = local;
  }

  X509Certificate[] peer() {
    return peer;
  }

  @Override
  public String getPeerHost() {
    return peerHost;
  }

  @Override
  public int getPeerPort() {
    return peerPort;
  }

  @Override
  public String getProtocol() {
    return protocol;
  }

  @Override
  public String getCipherSuite() {
    return suite;
  }

  @Override
  public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
    if (peer.length == 0) {
      throw new SSLPeerUnverifiedException("peer not authenticated");
    }
    return peer.clone();
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    return local == null ? null : local.clone();
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    return ((X509Certificate) getPeerCertificates()[0]).getSubjectX500Principal();
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    return local == null ? null : local[0].getSubjectX500Principal();
  }

  @Override
  public String[] getLocalSupportedSignatureAlgorithms() {
    return SIGNATURES.clone();
  }

  @Override
  public String[] getPeerSupportedSignatureAlgorithms() {
    return SIGNATURES.clone();
  }

  @Override
  public List<SNIServerName> getRequestedServerNames() {
    return List.of();
  }

  @Override
  public List<byte[]> getStatusResponses() {
    return List.of();
  }

  @Override
  public byte[] getId() {
    return NO_ID;
  }

  @Override
  public @Nullable SSLSessionContext getSessionContext() {
    return null;
  }

  @Override
  public long getCreationTime() {
    return createdMillis;
  }

  @Override
  public long getLastAccessedTime() {
    return createdMillis;
  }

  @Override
  public void invalidate() {
    // It is not resumed anyway.
  }

  @Override
  public boolean isValid() {
    return false;
  }

  @Override
  public void putValue(String name, Object value) {
    throw new UnsupportedOperationException("a session holds no values");
  }

  @Override
  public @Nullable Object getValue(String name) {
    return null;
  }

  @Override
  public void removeValue(String name) {
    // There are none.
  }

  @Override
  public String[] getValueNames() {
    return new String[0];
  }

  @Override
  public int getPacketBufferSize() {
    return NativeConnection.RECORD_BYTES_MAX;
  }

  @Override
  public int getApplicationBufferSize() {
    return NativeConnection.plainBytesMax();
  }
}
