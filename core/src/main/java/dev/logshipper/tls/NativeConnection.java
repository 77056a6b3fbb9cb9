package dev.logshipper.tls;

import io.netty.internal.tcnative.Buffer;
import io.netty.internal.tcnative.CertificateVerifier;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One TLS connection of the native library, without I/O: records in and out of arrays.
///
/// The library works with raw pointers, and a wrong one ends the JVM. Hence the rules of this
/// class: every native call on the connection is made with its lock held and after a check that it
/// has not been freed; the memory that the library reads and writes is set and cleared within one
/// call; [#free] works once. The lock is never held during I/O or the verification of certificates.
///
/// The library queues bytes of its own, such as alerts, for [#takeOutput]. Its queue must be empty
/// before it encrypts (tcnative counts wrongly otherwise).
final class NativeConnection {
  /// The longest record: 5 bytes of header, 2^14 of data, 2,048 of overhead (RFC 5246, 6.2.3).
  static final int RECORD_BYTES_MAX = 5 + 16 * 1024 + 2 * 1024;

  private static final int PLAIN_BYTES_MAX = 16 * 1024;
  private static final int CHAIN_CERTIFICATES_MAX = 10;
  private static final String NEWEST = "TLSv1.3";
  private static final Object CONTEXTS = new Object();

  /// What the handshake needs next.
  enum Step {
    RECORD,
    VERIFICATION,
    OUTPUT,
    NOTHING
  }

  /// @param serverName for SNI; empty for none
  /// @param applicationProtocols for ALPN, most wanted first
  record Options(
      String serverName,
      List<String> protocols,
      List<String> suites,
      List<String> applicationProtocols) {}

  private final ByteBuffer plain = ByteBuffer.allocateDirect(PLAIN_BYTES_MAX);
  private final ByteBuffer wire = ByteBuffer.allocateDirect(RECORD_BYTES_MAX);
  private final long plainAddress = Buffer.address(plain);
  private final long wireAddress = Buffer.address(wire);
  private long context;
  private long ssl;
  private long bio;

  /// @param key presented if the server asks for one
  /// @throws SSLException when the library cannot use the options or the key
  NativeConnection(Options options, CertificateVerifier verifier, @Nullable NativeKey key)
      throws SSLException {
    try {
      open(options, verifier, key);
    } catch (Exception e) {
      free();
      throw new SSLException("cannot begin", e);
    }
  }

  private synchronized void open(
      Options options, CertificateVerifier verifier, @Nullable NativeKey key) throws Exception {
    synchronized (CONTEXTS) {
      context = SSLContext.make(protocols(options.protocols()), SSL.SSL_MODE_CLIENT);
    }
    if (!options.protocols().contains(NEWEST)) {
      SSLContext.setOptions(context, SSL.SSL_OP_NO_TLSv1_3);
    }
    SSLContext.setVerify(context, SSL.SSL_CVERIFY_REQUIRED, CHAIN_CERTIFICATES_MAX);
    SSLContext.setUseTasks(context, true);
    SSLContext.setCertVerifyCallback(context, verifier);
    String suites = NativeSuites.library(options.suites());
    if (!suites.isEmpty()) {
      boolean _ = SSLContext.setCipherSuite(context, suites, false);
    }
    if (!options.applicationProtocols().isEmpty()) {
      SSLContext.setAlpnProtos(
          context,
          options.applicationProtocols().toArray(new String[0]),
          SSL.SSL_SELECTOR_FAILURE_NO_ADVERTISE);
    }
    ssl = SSL.newSSL(context, false);
    bio = SSL.bioNewByteBuffer(ssl, RECORD_BYTES_MAX);
    if (!options.serverName().isEmpty()) {
      SSL.setTlsExtHostName(ssl, options.serverName());
    }
    if (key != null) {
      key.present(ssl);
    }
  }

  private static int protocols(List<String> names) {
    int protocols = 0;
    for (String name : names) {
      protocols |= name.equals(NEWEST) ? SSL.SSL_PROTOCOL_TLSV1_3 : SSL.SSL_PROTOCOL_TLSV1_2;
    }
    return protocols;
  }

  /// Continues the handshake.
  ///
  /// @param record received from the server
  /// @param length its bytes; 0 for none
  synchronized Step handshake(byte[] record, int length) throws IOException {
    offer(record, length);
    int result = SSL.doHandshake(ssl);
    int error = result == 1 ? SSL.SSL_ERROR_NONE : SSL.getError(ssl, result);
    withdraw();
    if (error == SSL.SSL_ERROR_NONE) {
      return Step.NOTHING;
    }
    if (error == SSL.SSL_ERROR_WANT_READ) {
      return Step.RECORD;
    }
    if (error == SSL.SSL_ERROR_WANT_WRITE) {
      return Step.OUTPUT;
    }
    if (error == SSL.SSL_ERROR_WANT_CERTIFICATE_VERIFY) {
      return Step.VERIFICATION;
    }
    throw NativeFailures.last(true);
  }

  /// The verification that the handshake waits for, to be run without the lock.
  synchronized @Nullable Runnable verification() throws IOException {
    checkOpen();
    return SSL.getTask(ssl);
  }

  /// Decrypts.
  ///
  /// @param record received from the server
  /// @param length its bytes; 0 for none
  /// @return the number of bytes written to `target`; 0 when another record is needed; -1 when the
  ///   server has ended the connection
  synchronized int decrypt(byte[] record, int length, byte[] target, int offset, int count)
      throws IOException {
    offer(record, length);
    int result = SSL.readFromSSL(ssl, plainAddress, Math.min(count, PLAIN_BYTES_MAX));
    int error = result > 0 ? SSL.SSL_ERROR_NONE : SSL.getError(ssl, result);
    withdraw();
    if (error == SSL.SSL_ERROR_NONE) {
      plain.get(0, target, offset, result);
      return result;
    }
    if (error == SSL.SSL_ERROR_WANT_READ) {
      return 0;
    }
    if (error == SSL.SSL_ERROR_ZERO_RETURN) {
      return -1;
    }
    throw NativeFailures.last(false);
  }

  /// Encrypts a record.
  ///
  /// @param count at most [#plainBytesMax]
  /// @param target of [#RECORD_BYTES_MAX] bytes
  /// @return the length of the record; 0 when there is output to take before
  synchronized int encrypt(byte[] source, int offset, int count, byte[] target) throws IOException {
    checkOpen();
    if (SSL.bioLengthNonApplication(bio) > 0) {
      return 0;
    }
    plain.put(0, source, offset, count);
    SSL.bioSetByteBuffer(bio, wireAddress, RECORD_BYTES_MAX, true);
    int result = SSL.writeToSSL(ssl, plainAddress, count);
    int length = RECORD_BYTES_MAX - SSL.bioLengthByteBuffer(bio);
    SSL.bioClearByteBuffer(bio);
    if (result != count) {
      throw NativeFailures.last(false);
    }
    wire.get(0, target, 0, length);
    return length;
  }

  /// Takes bytes of the library's own that are to be sent.
  ///
  /// @param target of [#RECORD_BYTES_MAX] bytes
  /// @return their number
  synchronized int takeOutput(byte[] target) {
    if (ssl == 0 || SSL.bioLengthNonApplication(bio) == 0) {
      return 0;
    }
    SSL.bioSetByteBuffer(bio, wireAddress, RECORD_BYTES_MAX, true);
    int length = SSL.bioFlushByteBuffer(bio);
    SSL.bioClearByteBuffer(bio);
    wire.get(0, target, 0, length);
    return length;
  }

  synchronized boolean hasOutput() {
    return ssl != 0 && SSL.bioLengthNonApplication(bio) > 0;
  }

  /// Decrypted bytes that wait to be read.
  synchronized int available() {
    return ssl == 0 ? 0 : SSL.sslPending(ssl);
  }

  synchronized String suite() throws IOException {
    checkOpen();
    return NativeSuites.registered(SSL.getCipherForSSL(ssl));
  }

  synchronized String protocol() throws IOException {
    checkOpen();
    return SSL.getVersion(ssl);
  }

  /// The protocol that ALPN has selected; empty for none.
  synchronized String applicationProtocol() throws IOException {
    checkOpen();
    String selected = SSL.getAlpnSelected(ssl);
    return selected == null ? "" : selected;
  }

  static int plainBytesMax() {
    return PLAIN_BYTES_MAX;
  }

  /// Frees the native memory. Everything else fails from now on.
  synchronized void free() {
    long freedSsl = ssl;
    long freedContext = context;
    ssl = 0;
    bio = 0;
    context = 0;
    if (freedSsl != 0) {
      SSL.freeSSL(freedSsl); // and with it the BIO
    }
    if (freedContext != 0) {
      synchronized (CONTEXTS) {
        int _ = SSLContext.free(freedContext);
      }
    }
  }

  private void offer(byte[] record, int length) throws IOException {
    checkOpen();
    if (length > 0) {
      wire.put(0, record, 0, length);
      SSL.bioSetByteBuffer(bio, wireAddress, length, false);
    }
  }

  /// The library reads a record as a whole, or the connection has failed.
  private void withdraw() {
    SSL.bioClearByteBuffer(bio);
  }

  private void checkOpen() throws SocketException {
    if (ssl == 0 || bio == 0) {
      throw new SocketException("Socket closed");
    }
  }
}
