package dev.logshipper.sink.support;

import dev.logshipper.sink.Deadline;
import dev.logshipper.tls.LazyTrustManager;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 client that keeps the sink rules for transports: one attempt (S5), ended by a
/// deadline or an interrupt whatever the server does (S7), and nothing left running in between
/// (S6).
///
/// A server with several addresses is reached by any of them (see [Addresses]). The client keeps
/// one connection and uses it again for the same server, unless it was idle for 55 seconds, the
/// server rejected a request with a body on it, or has sent bytes that nothing asked for. A request
/// is sent twice in one case only: the kept connection turns out to be dead before a byte of a
/// response has arrived, as after a freeze. Redirects are not followed, and a response that is
/// malformed or larger than the limit is an [IOException]. Through a [HttpProxy], a server with TLS
/// is reached by a tunnel; its certificate is verified as without one.
///
/// `HttpURLConnection` can do none of this. As read in the source of JDK 25, it repeats a PUT
/// without a body after any failure; it checks a kept connection before use with POST only; it does
/// not report whether a connection was kept; it keeps one for 5 seconds and a thread with it; and
/// it cannot be closed while it connects, nor while a chunked response trickles in.
///
/// Thread-safe. Creating one does no I/O.
public final class Http1Client implements AutoCloseable {
  /// After that, load balancers and NAT gateways drop a connection, some of them silently, and a
  /// request on it would wait for its deadline (the shortest common limit is a minute).
  private static final long IDLE_MILLIS_MAX = 55_000;

  private final String threadName;
  private final int responseBytesMax;
  private final Supplier<SSLSocketFactory> tls;
  private final LongSupplier epochMillis;
  private final @Nullable Proxies proxies;
  private final Addresses addresses;
  private @Nullable Http1Connection kept;
  private Http1Request.@Nullable Origin keptOrigin;
  private long keptSinceMillis;

  /// A client that trusts the certificate authorities of the JVM, and others.
  ///
  /// @param threadName of the daemon thread that exists during each attempt
  /// @param responseBytesMax limit for the body of a response
  /// @param additionalAuthorities for servers with a private CA; may be empty
  public static Http1Client of(
      String threadName, int responseBytesMax, List<X509Certificate> additionalAuthorities) {
    return of(threadName, responseBytesMax, additionalAuthorities, null);
  }

  /// The same, through proxies.
  ///
  /// @param proxies null for none
  public static Http1Client of(
      String threadName,
      int responseBytesMax,
      List<X509Certificate> additionalAuthorities,
      @Nullable Proxies proxies) {
    return new Http1Client(
        threadName,
        responseBytesMax,
        LazyTrustManager.ofJvm(additionalAuthorities)::socketFactory,
        System::currentTimeMillis,
        proxies);
  }

  /// @param tls called when first needed: setting up TLS takes 150 ms
  /// @param epochMillis wall clock, which continues while the environment is frozen
  public Http1Client(
      String threadName,
      int responseBytesMax,
      Supplier<SSLSocketFactory> tls,
      LongSupplier epochMillis) {
    this(threadName, responseBytesMax, tls, epochMillis, (Proxies) null);
  }

  /// @param tls called when first needed: setting up TLS takes 150 ms
  /// @param epochMillis wall clock, which continues while the environment is frozen
  /// @param proxies null for none
  public Http1Client(
      String threadName,
      int responseBytesMax,
      Supplier<SSLSocketFactory> tls,
      LongSupplier epochMillis,
      @Nullable Proxies proxies) {
    this(
        threadName,
        responseBytesMax,
        tls,
        epochMillis,
        proxies,
        new Addresses(InetAddress::getAllByName, Addresses.SILENCE_MILLIS));
  }

  Http1Client(
      String threadName,
      int responseBytesMax,
      Supplier<SSLSocketFactory> tls,
      LongSupplier epochMillis,
      @Nullable Proxies proxies,
      Addresses addresses) {
    this.threadName = threadName;
    this.responseBytesMax = responseBytesMax;
    this.tls = tls;
    this.epochMillis = epochMillis;
    this.proxies = proxies;
    this.addresses = addresses;
  }

  /// Sends a request and returns the response, whatever its status.
  ///
  /// @throws TimeoutException when the deadline passed first; the message names the phase, and can
  ///   be the reason of a retry
  /// @throws IOException when there is no complete response; [#describe] has the reason
  /// @throws InterruptedException when interrupted; the outcome is unknown
  public Http1Response send(Http1Request request, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    return run(call -> call.execute(request), request.origin(), deadline);
  }

  /// Connects, including the TLS handshake, and keeps the connection for the next request (rule
  /// S16).
  public void warmUp(Http1Request.Origin origin, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    boolean _ =
        run(
            call -> {
              call.connect(origin);
              return true;
            },
            origin,
            deadline);
  }

  /// Starts an attempt that the caller limits in time.
  public Http1Call newCall() {
    return new Http1Call(this);
  }

  /// Describes a failure in a few words, without anything secret (rule S15).
  public static String describe(IOException failure) {
    return describe(failure, ConnectionVariables.NONE);
  }

  /// Describes a failure in a few words, without anything secret (rule S15).
  ///
  /// @param variables that may be the cause
  public static String describe(IOException failure, ConnectionVariables variables) {
    return switch (failure) {
      case ProxyException ofProxy -> ofProxy.reason();
      case UnknownHostException _ -> "unknown host";
      case NoRouteToHostException _ -> "no route to host";
      case ConnectException _ -> "connection refused";
      case SSLException tlsFailure -> TlsFailures.describe(tlsFailure, variables);
      case SocketException _ -> "connection reset";
      case EOFException _ -> "connection closed before a response";
      case ProtocolException _ -> "the response is not HTTP/1.1";
      default -> "connection failed";
    };
  }

  /// The failure of a TLS handshake during which the server closed the connection, in place of that
  /// of the connection.
  public static IOException closedInHandshake(IOException failure) {
    return TlsFailures.closed(failure);
  }

  /// The reason of a retry after a failure: `cannot reach logs: connection refused`. It names the
  /// server, or the proxy before it if that failed.
  ///
  /// @param variables that may be the cause
  public static String reason(IOException failure, String server, ConnectionVariables variables) {
    String description = describe(failure, variables);
    return failure instanceof ProxyException
        ? description
        : "cannot reach " + server + ": " + description;
  }

  /// Closes the kept connection.
  @Override
  public synchronized void close() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }

  private interface Action<T> {
    T run(Http1Call call) throws IOException;
  }

  private <T> T run(Action<T> action, Http1Request.Origin origin, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    Http1Call call = newCall();
    try {
      return TimeLimiter.run(
          threadName, () -> action.run(call), call::requestsEnded, call::cancel, deadline);
    } catch (TimeoutException _) {
      throw new TimeoutException("timed out " + call.phase(origin.toString()));
    }
  }

  synchronized @Nullable Http1Connection take(Http1Request.Origin origin) {
    Http1Connection taken = kept;
    kept = null;
    if (taken == null) {
      return null;
    }
    long idleMillis = epochMillis.getAsLong() - keptSinceMillis;
    boolean isFresh = idleMillis >= 0 && idleMillis <= IDLE_MILLIS_MAX;
    if (!origin.equals(keptOrigin) || !isFresh || !taken.isQuiet()) {
      taken.close();
      return null;
    }
    return taken;
  }

  synchronized void keep(Http1Connection connection, Http1Request.Origin origin) {
    close();
    kept = connection;
    keptOrigin = origin;
    keptSinceMillis = epochMillis.getAsLong();
  }

  @Nullable HttpProxy proxyFor(Http1Request.Origin server) {
    return proxies == null ? null : proxies.of(server);
  }

  long nowMillis() {
    return epochMillis.getAsLong();
  }

  Addresses addresses() {
    return addresses;
  }

  Supplier<SSLSocketFactory> tls() {
    return tls;
  }

  int responseBytesMax() {
    return responseBytesMax;
  }
}
