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
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A destination on the loopback interface that remembers every request and responds by a script.
///
/// A plain server socket rather than an HTTP library's test server, because the faults that matter
/// to a sender happen below HTTP: a reset, a dead pooled connection, silence.
///
/// ```java
/// try (HttpDestination destination = HttpDestination.start()) {
///   destination.respondNext(ScriptedResponse.status(503), ScriptedResponse.resetAfterBody());
///   send(destination.url());
///   destination.awaitLines(3, Duration.ofSeconds(5));
/// }
/// ```
///
/// Speaks HTTP/1.1 with kept connections, bodies by length or in chunks, and `Expect:
/// 100-continue`. A head over 64 KiB, a body over 64 MiB and bad framing are rejected (431, 413,
/// 400) and end the connection. Every method may be called from any thread; each connection has a
/// virtual thread.
public final class HttpDestination implements Destination {
  private final @Nullable SelfSignedCertificate certificate;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final ByteCounter bytes = new ByteCounter();
  private final ReceivedRequests received = new ReceivedRequests();
  private final Queue<ScriptedResponse> script = new ConcurrentLinkedQueue<>();
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(1));
  private final Listener listener;
  private volatile ScriptedResponse usual = ScriptedResponse.ok();

  private HttpDestination(int port, @Nullable SelfSignedCertificate certificate)
      throws IOException {
    this.certificate = certificate;
    this.listener = new Listener(port, threads, this::arrived);
  }

  /// Starts on a free port.
  ///
  /// @throws UncheckedIOException when it cannot listen
  public static HttpDestination start() {
    return start(0);
  }

  /// Starts on this port, for example where an earlier destination was stopped.
  ///
  /// @throws UncheckedIOException when it cannot listen, for example because the port is in use
  public static HttpDestination start(int port) {
    return start(port, null);
  }

  /// Starts on a free port with TLS and a self-signed certificate, see [#certificatePem()]. Needs a
  /// JDK, not only a Java runtime: its `keytool` makes the certificate.
  ///
  /// @throws UncheckedIOException when it cannot listen or make the certificate
  public static HttpDestination startTls() {
    try {
      return start(0, SelfSignedCertificate.generate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpDestination start(int port, @Nullable SelfSignedCertificate certificate) {
    try {
      return new HttpDestination(port, certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String url() {
    return (certificate == null ? "http" : "https") + "://127.0.0.1:" + port();
  }

  /// The port that it listens on, or listened on.
  public int port() {
    return listener.port();
  }

  @Override
  public String certificatePem() {
    if (certificate == null) {
      throw new IllegalStateException("started without TLS");
    }
    return certificate.pem();
  }

  /// {@inheritDoc}
  ///
  /// 200 without a body until set.
  @Override
  public void respond(ScriptedResponse response) {
    usual = response;
  }

  @Override
  public void respondNext(ScriptedResponse... responses) {
    script.addAll(List.of(responses));
  }

  @Override
  public void release() {
    gate.getAndSet(new CountDownLatch(1)).countDown();
  }

  @Override
  public List<ReceivedRequest> requests() {
    return received.requests();
  }

  /// The NDJSON lines of all requests that were read whole and got a success, in order: those that
  /// a sender may consider delivered. A line that was sent and acknowledged twice is there twice.
  @Override
  public List<String> lines() {
    return received.lines();
  }

  @Override
  public List<ReceivedRequest> awaitRequests(int count, Duration timeout) {
    return received.awaitRequests(count, timeout);
  }

  @Override
  public List<String> awaitLines(int count, Duration timeout) {
    return received.awaitLines(count, timeout);
  }

  /// Waits until this list, which may grow with each request, has at least this number of lines.
  ///
  /// @throws AssertionError when there are fewer after the timeout
  List<String> await(int count, Duration timeout, Supplier<List<String>> lines) {
    return received.awaitLines(count, timeout, lines);
  }

  @Override
  public int connections() {
    return accepted.get();
  }

  @Override
  public long bytesReceived() {
    return bytes.total();
  }

  /// Forgets the requests received so far. Scripted responses and counters stay.
  public void clear() {
    received.clear();
  }

  @Override
  public void closeConnections() {
    open.forEach(HttpDestination::closeQuietly);
  }

  @Override
  public void stallConnections() {
    apply(listener::stall);
  }

  @Override
  public void refuseConnections() {
    apply(listener::refuse);
  }

  @Override
  public void ignoreConnections() {
    apply(listener::ignore);
  }

  @Override
  public void acceptConnections() {
    apply(listener::accept);
  }

  private interface Change {
    void run() throws IOException;
  }

  private void apply(Change change) {
    try {
      change.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Closes the port and all connections; new ones are refused. Received requests stay readable.
  public void stop() {
    listener.close();
    threads.shutdownNow();
    closeConnections();
    threads.close();
    closeConnections(); // a connection accepted while its thread was rejected
  }

  /// The same as [#stop()].
  @Override
  public void close() {
    stop();
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
      // The sender ended the connection or stop() closed the socket. Received requests are
      // recorded.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static Socket secured(Socket socket, SelfSignedCertificate certificate)
      throws IOException {
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
