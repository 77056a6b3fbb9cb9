package dev.logshipper.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// A TLS client's socket of the native library, over a TCP socket. Reading and writing block, in
/// the TCP socket and without any lock that [#close] needs; closing the TCP socket ends every wait.
///
/// As with the JDK's TLS: the handshake runs with the first use, a read may time out and be
/// repeated, and the end of the TCP connection ends the stream. Unlike there, nothing announces the
/// close to the server, which could block.
///
/// Thread-safe: one thread reads, one writes, any closes.
final class NativeSocket extends LayeredSocket {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final X509Certificate[] NONE = {};

  private final Socket tcp;
  private final String host;
  private final int port;
  private final @Nullable NativeKey key;
  private final NativeVerifier verifier;
  private final RecordReader records;
  private final OutputStream out;
  private final byte[] outgoing = new byte[NativeConnection.RECORD_BYTES_MAX];
  private final Object handshaking = new Object();
  private final Object reading = new Object();
  private final ReentrantLock writing = new ReentrantLock();
  private final Object state = new Object();
  private String[] protocols = PROTOCOLS;
  private String[] suites = NativeSuites.all();
  private SSLParameters parameters = new SSLParameters();
  private @Nullable NativeConnection connection;
  private boolean closed;
  private boolean ended;
  private volatile boolean handshaken;
  private volatile @Nullable String applicationProtocol;
  private volatile NativeSession session;

  /// @param host for SNI, and for whoever verifies the certificate
  /// @param key presented if the server asks for one
  NativeSocket(
      Socket tcp,
      String host,
      int port,
      X509ExtendedTrustManager trustManager,
      @Nullable NativeKey key)
      throws IOException {
    super(tcp);
    this.tcp = tcp;
    this.host = host;
    this.port = port;
    this.key = key;
    this.verifier = new NativeVerifier(trustManager, this);
    this.records = new RecordReader(tcp.getInputStream());
    this.out = tcp.getOutputStream();
    this.session = new NativeSession(host, port, "NONE", "SSL_NULL_WITH_NULL_NULL", NONE, null);
  }

  @Override
  public void startHandshake() throws IOException {
    synchronized (handshaking) {
      if (!handshaken) {
        NativeConnection opened = open();
        try {
          handshake(opened);
        } catch (SocketTimeoutException e) {
          throw e; // and may be continued
        } catch (IOException e) {
          fail(opened);
          Throwable cause = verifier.failure();
          throw cause == null ? e : new SSLHandshakeException(cause.getMessage(), cause);
        }
      }
    }
  }

  private NativeConnection open() throws IOException {
    synchronized (state) {
      if (closed) {
        throw new SocketException("Socket closed");
      }
      NativeConnection opened = connection;
      if (opened == null) {
        String[] offered = parameters.getApplicationProtocols();
        opened =
            new NativeConnection(
                new NativeConnection.Options(
                    ServerName.indication(host),
                    List.of(protocols),
                    List.of(suites),
                    List.of(offered)),
                verifier,
                key);
        connection = opened;
      }
      return opened;
    }
  }

  private void handshake(NativeConnection opened) throws IOException {
    int received = 0;
    while (true) {
      NativeConnection.Step step = opened.handshake(records.bytes(), received);
      received = 0;
      send(opened);
      switch (step) {
        case NOTHING -> {
          finish(opened);
          return;
        }
        case OUTPUT -> {}
        case VERIFICATION -> {
          Runnable verification = opened.verification();
          if (verification != null) {
            verification.run();
          }
        }
        case RECORD -> {
          received = records.next();
          if (received < 0) {
            throw new SSLHandshakeException(
                "Remote host terminated the handshake", new EOFException());
          }
        }
      }
    }
  }

  private void finish(NativeConnection opened) throws IOException {
    session =
        new NativeSession(
            host,
            port,
            opened.protocol(),
            opened.suite(),
            session.peer(),
            key == null ? null : key.chain());
    applicationProtocol = opened.applicationProtocol();
    handshaken = true;
  }

  /// The server's certificates have arrived.
  void showPeer(X509Certificate[] chain) {
    session = new NativeSession(host, port, PROTOCOLS[0], suites[0], chain, null);
  }

  private NativeConnection established() throws IOException {
    if (!handshaken) {
      startHandshake();
    }
    return open();
  }

  private int read(byte[] target, int offset, int count) throws IOException {
    NativeConnection opened = established();
    synchronized (reading) {
      try {
        int received = 0;
        while (!ended) {
          int read = opened.decrypt(records.bytes(), received, target, offset, count);
          sendIfIdle(opened);
          if (read > 0) {
            return read;
          }
          received = read < 0 ? -1 : records.next();
          ended = received < 0;
        }
        return -1;
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        fail(opened);
        throw e;
      }
    }
  }

  private void write(byte[] source, int offset, int count) throws IOException {
    NativeConnection opened = established();
    writing.lock();
    try {
      int written = 0;
      while (written < count) {
        int next = Math.min(count - written, NativeConnection.plainBytesMax());
        int length = opened.encrypt(source, offset + written, next, outgoing);
        if (length == 0) {
          send(opened);
        } else {
          out.write(outgoing, 0, length);
          written += next;
        }
      }
    } catch (IOException e) {
      fail(opened);
      throw e;
    } finally {
      writing.unlock();
    }
  }

  private void send(NativeConnection opened) throws IOException {
    writing.lock();
    try {
      int length = opened.takeOutput(outgoing);
      while (length > 0) {
        out.write(outgoing, 0, length);
        length = opened.takeOutput(outgoing);
      }
    } finally {
      writing.unlock();
    }
  }

  /// Only while nothing else writes: the writer may wait for a server that waits for this reader.
  /// Then it goes with the next record.
  private void sendIfIdle(NativeConnection opened) throws IOException {
    if (opened.hasOutput() && writing.tryLock()) {
      try {
        send(opened);
      } finally {
        writing.unlock();
      }
    }
  }

  /// Sends the alert if that is possible at once, and closes.
  private void fail(NativeConnection opened) {
    try {
      sendIfIdle(opened);
    } catch (IOException _) {
      // The first failure counts.
    }
    try {
      close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }

  /// Closes the TCP socket, then frees the native memory; both once.
  @Override
  public void close() throws IOException {
    try {
      tcp.close();
    } finally {
      NativeConnection opened;
      synchronized (state) {
        closed = true;
        opened = connection;
      }
      if (opened != null) {
        opened.free();
      }
    }
  }

  @Override
  public boolean isClosed() {
    return tcp.isClosed();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Input();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Output();
  }

  @Override
  public SSLSession getSession() {
    if (!handshaken) {
      try {
        startHandshake();
      } catch (IOException _) {
        // As the JDK has it: the session shows that there is none.
      }
    }
    return session;
  }

  @Override
  public SSLSession getHandshakeSession() {
    return session;
  }

  @Override
  public @Nullable String getApplicationProtocol() {
    return applicationProtocol;
  }

  @Override
  public SSLParameters getSSLParameters() {
    SSLParameters copy = new SSLParameters(getEnabledCipherSuites(), getEnabledProtocols());
    copy.setApplicationProtocols(parameters.getApplicationProtocols());
    copy.setEndpointIdentificationAlgorithm(parameters.getEndpointIdentificationAlgorithm());
    return copy;
  }

  /// Suites, protocols, ALPN, and the check of the name by the JDK are of effect.
  @Override
  public void setSSLParameters(SSLParameters changed) {
    parameters = changed;
    if (changed.getCipherSuites() != null) {
      setEnabledCipherSuites(changed.getCipherSuites());
    }
    if (changed.getProtocols() != null) {
      setEnabledProtocols(changed.getProtocols());
    }
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return NativeSuites.all();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return suites.clone();
  }

  @Override
  public void setEnabledCipherSuites(String[] enabled) {
    suites = enabled.clone();
  }

  @Override
  public String[] getSupportedProtocols() {
    return PROTOCOLS.clone();
  }

  @Override
  public String[] getEnabledProtocols() {
    return protocols.clone();
  }

  @Override
  public void setEnabledProtocols(String[] enabled) {
    List<String> known = new ArrayList<>(List.of(enabled));
    known.retainAll(List.of(PROTOCOLS));
    if (known.isEmpty()) {
      throw new IllegalArgumentException("only TLSv1.2 and TLSv1.3");
    }
    protocols = known.toArray(new String[0]);
  }

  @Override
  public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
    throw new UnsupportedOperationException("startHandshake returns when it has completed");
  }

  @Override
  public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
    throw new UnsupportedOperationException("there are none");
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return NativeSocket.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, target.length);
      return count == 0 ? 0 : NativeSocket.this.read(target, offset, count);
    }

    @Override
    public int available() {
      NativeConnection opened;
      synchronized (state) {
        opened = connection;
      }
      return opened == null ? 0 : opened.available();
    }

    @Override
    public void close() throws IOException {
      NativeSocket.this.close();
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      NativeSocket.this.write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, source.length);
      NativeSocket.this.write(source, offset, count);
    }

    @Override
    public void close() throws IOException {
      NativeSocket.this.close();
    }
  }
}
