package dev.logshipper.tls;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;

/// The choices of a client before the handshake: protocols, suites and application protocols that
/// the native library can offer.
abstract class ConfigurableSocket extends LayeredSocket {
  static final String NEWEST = "TLSv1.3";

  private static final String[] PROTOCOLS = {NEWEST, "TLSv1.2"};

  private String[] protocols = PROTOCOLS;
  private String[] suites = NativeSuites.all();
  private SSLParameters parameters = new SSLParameters();

  ConfigurableSocket(Socket tcp) {
    super(tcp);
  }

  /// The choices for a connection to this host.
  final NativeConnection.Options options(String host) {
    return new NativeConnection.Options(
        ServerName.indication(host),
        List.of(protocols),
        List.of(suites),
        List.of(parameters.getApplicationProtocols()));
  }

  @Override
  public final SSLParameters getSSLParameters() {
    SSLParameters copy = new SSLParameters(getEnabledCipherSuites(), getEnabledProtocols());
    copy.setApplicationProtocols(parameters.getApplicationProtocols());
    copy.setEndpointIdentificationAlgorithm(parameters.getEndpointIdentificationAlgorithm());
    return copy;
  }

  /// Suites, protocols, ALPN, and the check of the name by the JDK are of effect.
  @Override
  public final void setSSLParameters(SSLParameters changed) {
    parameters = changed;
    if (changed.getCipherSuites() != null) {
      setEnabledCipherSuites(changed.getCipherSuites());
    }
    if (changed.getProtocols() != null) {
      setEnabledProtocols(changed.getProtocols());
    }
  }

  @Override
  public final String[] getSupportedCipherSuites() {
    return NativeSuites.all();
  }

  @Override
  public final String[] getEnabledCipherSuites() {
    return suites.clone();
  }

  @Override
  public final void setEnabledCipherSuites(String[] enabled) {
    suites = enabled.clone();
  }

  @Override
  public final String[] getSupportedProtocols() {
    return PROTOCOLS.clone();
  }

  @Override
  public final String[] getEnabledProtocols() {
    return protocols.clone();
  }

  @Override
  public final void setEnabledProtocols(String[] enabled) {
    List<String> known = new ArrayList<>(List.of(enabled));
    known.retainAll(List.of(PROTOCOLS));
    if (known.isEmpty()) {
      throw new IllegalArgumentException("only TLSv1.2 and TLSv1.3");
    }
    protocols = known.toArray(new String[0]);
  }

  @Override
  public final void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
    throw new UnsupportedOperationException("startHandshake returns when it has completed");
  }

  @Override
  public final void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
    throw new UnsupportedOperationException("there are none");
  }
}
