package dev.logshipper.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLHandshakeException;
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
final class NativeSocket extends ConfigurableSocket {
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
  private @Nullable NativeConnection connection;
  private boolean closed;
  private boolean ended;
  private volatile boolean handshaken;
  private volatile @Nullable String applicationProtocol;
  private volatile NativeSession session;

  /// @param key presented if the server requests one
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
        opened = new NativeConnection(options(host), verifier, key);
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
    session = new NativeSession(host, port, NEWEST, "TLS_AES_128_GCM_SHA256", chain, null);
  }

  private NativeConnection established() throws IOException {
    if (!handshaken) {
      startHandshake();
    }
    return open();
  }

  int read(byte[] target, int offset, int count) throws IOException {
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

  void write(byte[] source, int offset, int count) throws IOException {
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

  /// Decrypted bytes that wait to be read.
  int available() {
    NativeConnection opened;
    synchronized (state) {
      opened = connection;
    }
    return opened == null ? 0 : opened.available();
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
    return new NativeInput(this);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new NativeOutput(this);
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
}
