package dev.logshipper.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A TLS client's socket over a connected TCP socket, to which it passes everything that does not
/// concern TLS.
abstract class LayeredSocket extends SSLSocket {
  private final Socket tcp;

  LayeredSocket(Socket tcp) {
    this.tcp = tcp;
  }

  @Override
  public final InetAddress getInetAddress() {
    return tcp.getInetAddress();
  }

  @Override
  public final InetAddress getLocalAddress() {
    return tcp.getLocalAddress();
  }

  @Override
  public final int getPort() {
    return tcp.getPort();
  }

  @Override
  public final int getLocalPort() {
    return tcp.getLocalPort();
  }

  @Override
  public final @Nullable SocketAddress getRemoteSocketAddress() {
    return tcp.getRemoteSocketAddress();
  }

  @Override
  public final @Nullable SocketAddress getLocalSocketAddress() {
    return tcp.getLocalSocketAddress();
  }

  @Override
  public final boolean isConnected() {
    return tcp.isConnected();
  }

  @Override
  public final boolean isBound() {
    return tcp.isBound();
  }

  @Override
  public final boolean isInputShutdown() {
    return tcp.isInputShutdown();
  }

  @Override
  public final boolean isOutputShutdown() {
    return tcp.isOutputShutdown();
  }

  @Override
  public final void setSoTimeout(int millis) throws SocketException {
    tcp.setSoTimeout(millis);
  }

  @Override
  public final int getSoTimeout() throws SocketException {
    return tcp.getSoTimeout();
  }

  @Override
  public final void setTcpNoDelay(boolean on) throws SocketException {
    tcp.setTcpNoDelay(on);
  }

  @Override
  public final boolean getTcpNoDelay() throws SocketException {
    return tcp.getTcpNoDelay();
  }

  @Override
  public final void setKeepAlive(boolean on) throws SocketException {
    tcp.setKeepAlive(on);
  }

  @Override
  public final boolean getKeepAlive() throws SocketException {
    return tcp.getKeepAlive();
  }

  @Override
  public final void connect(SocketAddress address) throws IOException {
    throw new SocketException("connected already");
  }

  @Override
  public final void connect(SocketAddress address, int timeoutMillis) throws IOException {
    throw new SocketException("connected already");
  }

  @Override
  public final void bind(SocketAddress address) throws IOException {
    throw new SocketException("connected already");
  }

  @Override
  public final void shutdownInput() {
    throw new UnsupportedOperationException("TLS ends both directions");
  }

  @Override
  public final void shutdownOutput() {
    throw new UnsupportedOperationException("TLS ends both directions");
  }

  @Override
  public final boolean getUseClientMode() {
    return true;
  }

  @Override
  public final void setUseClientMode(boolean mode) {
    if (!mode) {
      throw new IllegalArgumentException("only clients");
    }
  }

  @Override
  public final void setNeedClientAuth(boolean need) {
    // Concerns servers.
  }

  @Override
  public final boolean getNeedClientAuth() {
    return false;
  }

  @Override
  public final void setWantClientAuth(boolean want) {
    // Concerns servers.
  }

  @Override
  public final boolean getWantClientAuth() {
    return false;
  }

  @Override
  public final void setEnableSessionCreation(boolean flag) {
    // Each connection has a new session.
  }

  @Override
  public final boolean getEnableSessionCreation() {
    return true;
  }
}
