package dev.logshipper.sandbox.destination;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A destination for logs on the loopback interface that remembers every request, as tests, demos
/// and training runs need it.
///
/// A plain server socket rather than an HTTP library's test server, because the faults that matter
/// to a sender happen below HTTP: a reset, a dead pooled connection, silence.
///
/// ```java
/// try (Destination destination = LokiDestination.start()) {
///   destination.respondNext(ScriptedResponse.status(503), ScriptedResponse.resetAfterBody());
///   ship(destination.url());
///   destination.awaitLines(3, Duration.ofSeconds(5));
/// }
/// ```
///
/// Speaks HTTP/1.1 with kept connections, bodies by length or in chunks, and `Expect:
/// 100-continue`. A head over 64 KiB, a body over 64 MiB and bad framing are rejected (431, 413,
/// 400) and end the connection. Every method may be called from any thread; each connection has a
/// virtual thread.
public abstract class Destination implements AutoCloseable {
  final ReceivedRequests received = new ReceivedRequests();
  private final @Nullable CertificateChain certificate;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final ByteCounter bytes = new ByteCounter();
  private final Queue<ScriptedResponse> script = new ConcurrentLinkedQueue<>();
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(1));
  private final Listener listener;
  private volatile ScriptedResponse usual;

  /// @param port 0 for any free port
  /// @param tls except for [Tls#NONE] needs a JDK, not only a Java runtime: its `keytool` makes the
  ///   certificates
  /// @throws UncheckedIOException when it cannot listen or make the certificates
  Destination(int port, Tls tls, ScriptedResponse usual) {
    this.usual = usual;
    try {
      certificate = tls == Tls.NONE ? null : CertificateChain.of(tls);
      listener = new Listener(port, threads, this::arrived);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `http://127.0.0.1:PORT`, or `https` with TLS; no slash at the end.
  public final String url() {
    return (certificate == null ? "http" : "https") + "://127.0.0.1:" + port();
  }

  /// The port that it listens on, or listened on.
  public final int port() {
    return listener.port();
  }

  /// The root certificate that a client has to trust. The server sends the two below it, and all
  /// destinations of a kind in this JVM share them.
  ///
  /// @throws IllegalStateException without TLS
  public final String certificatePem() {
    if (certificate == null) {
      throw new IllegalStateException("started without TLS");
    }
    return certificate.rootPem();
  }

  /// Sets the usual response, which replaces the destination's own.
  public final void respond(ScriptedResponse response) {
    usual = response;
  }

  /// Scripts responses for the next requests, one each, before the usual one applies again. A
  /// further call adds to the queue. A response is used up when the head of a request was read.
  public final void respondNext(ScriptedResponse... responses) {
    script.addAll(List.of(responses));
  }

  /// Sends 200 to every request that hangs now. Later ones hang again.
  public final void release() {
    gate.getAndSet(new CountDownLatch(1)).countDown();
  }

  /// Every request so far in order of arrival, including those cut off, reset or without a response
  /// yet.
  public final List<ReceivedRequest> requests() {
    return received.requests();
  }

  /// Waits until at least this number of requests is in [#requests()], and returns them all.
  ///
  /// @throws AssertionError when there are fewer after the timeout
  public final List<ReceivedRequest> awaitRequests(int count, Duration timeout) {
    return received.awaitRequests(count, timeout);
  }

  /// The stored log lines, in a reader's order.
  public abstract List<String> lines();

  /// Waits until at least this number of lines is in [#lines()], and returns them all.
  ///
  /// @throws AssertionError when there are fewer after the timeout
  public abstract List<String> awaitLines(int count, Duration timeout);

  /// The number of connections accepted since the start.
  public final int connections() {
    return accepted.get();
  }

  /// Bytes read since the start, heads included; with TLS, after decryption.
  public final long bytesReceived() {
    return bytes.total();
  }

  /// Closes all connections without notice and stays open for new ones, as a load balancer does
  /// with an idle pool.
  public final void closeConnections() {
    open.forEach(Destination::closeQuietly);
  }

  /// From now on accepts connections but sends nothing, not even in a TLS handshake, until
  /// [#acceptConnections()]. Existing connections go on; see [#closeConnections()].
  public final void stallConnections() {
    apply(listener::stall);
  }

  /// From now on rejects connections, as during a restart. Existing connections go on.
  public final void refuseConnections() {
    apply(listener::refuse);
  }

  /// From now on ignores connection attempts, like a firewall that drops packets: only the sender's
  /// own timeout ends the attempt. Existing connections go on.
  public final void ignoreConnections() {
    apply(listener::ignore);
  }

  /// Accepts new and stalled connections, as at the start. Ignored attempts succeed when the
  /// sender's kernel retries: 1 s, 3 s, 7 s after the first time.
  public final void acceptConnections() {
    apply(listener::accept);
  }

  private interface Change {
    void run() throws IOException;
  }

  private static void apply(Change change) {
    try {
      change.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Closes the port and all connections; new ones are rejected. Received requests stay readable.
  @Override
  public final void close() {
    listener.close();
    threads.shutdownNow();
    closeConnections();
    threads.close();
    closeConnections(); // a connection accepted while its thread was rejected
  }

  private void arrived(Socket socket) {
    int id = accepted.incrementAndGet();
    open.add(socket);
    threads.execute(() -> serve(id, socket));
  }

  private void serve(int id, Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      listener.awaitAccept();
      Socket stream = certificate == null ? socket : secured(socket, certificate);
      new Connection(id, socket, stream, bytes, this::nextResponse, received, gate::get).serve();
    } catch (IOException _) {
      // The sender ended the connection or close() closed the socket. Received requests are
      // recorded.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static Socket secured(Socket socket, CertificateChain certificate) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            certificate.context().getSocketFactory().createSocket(socket, "localhost", 0, true);
    secured.setUseClientMode(false);
    return secured;
  }

  private ScriptedResponse nextResponse() {
    ScriptedResponse next = script.poll();
    return next == null ? usual : next;
  }

  static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception _) {
      // Closing only frees resources.
    }
  }
}
