package dev.logshipper.client.http;

import dev.logshipper.sink.support.HttpProxy;
import dev.logshipper.tls.LazyTrustManager;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/// The connections to one destination: opens and keeps them, and drops those that are in doubt. Not
/// thread-safe, except [#abort].
final class Connections {
  /// Load balancers and NAT gateways drop connections that are idle for longer, some silently, and
  /// a request on one would wait for its timeout (the shortest common limit is a minute).
  private static final Duration IDLE_MAX = Duration.ofSeconds(55);

  private final Destination destination;
  private final LongSupplier epochMillis;
  private final Dns dns;
  private final Sockets sockets = new Sockets();
  private @Nullable OkHttpClient client;
  private boolean abandoned;
  private boolean multiplexed;
  private boolean strays;
  private long lastUsedMillis;

  /// @param epochMillis wall clock; it advances while the environment is frozen
  Connections(Destination destination, LongSupplier epochMillis, Dns dns) {
    this.destination = destination;
    this.epochMillis = epochMillis;
    this.dns = dns;
  }

  /// The client for the next request. It keeps no connection that is idle for too long, or on which
  /// the server has sent bytes that belong to no request: they would be read as the next response.
  /// With HTTP/2 there are always some.
  OkHttpClient ready() {
    OkHttpClient ready = client;
    if (ready == null) {
      ready = open();
    } else if (abandoned) {
      // It shares the TLS sessions, and knows which addresses failed.
      ready = ready.newBuilder().connectionPool(pool()).build();
    }
    abandoned = false;
    client = ready;
    long idleMillis = epochMillis.getAsLong() - lastUsedMillis;
    boolean isFresh = idleMillis >= 0 && idleMillis <= IDLE_MAX.toMillis();
    if (!isFresh || (!multiplexed && sockets.haveUnreadBytes())) {
      ready.connectionPool().evictAll();
    }
    return ready;
  }

  /// A response has been received. A server that rejects a request over HTTP/1 may not have read
  /// its body, and would read the rest of it as another request.
  void responded(int status, Protocol protocol) {
    multiplexed = protocol == Protocol.HTTP_2;
    if (!multiplexed && (strays || status / 100 != 2)) {
      evict();
    }
  }

  /// The server has sent a response to no request, which was noticed too late: the next request had
  /// been sent. From now on, each one has a connection of its own.
  void foundStray() {
    strays = true;
  }

  /// The number of bytes received so far, over all connections.
  long bytesReceived() {
    return sockets.bytesRead();
  }

  /// Records that a request has ended.
  void used() {
    lastUsedMillis = epochMillis.getAsLong();
  }

  /// Drops the unused connections.
  void evict() {
    if (client != null) {
      client.connectionPool().evictAll();
    }
  }

  /// Drops all connections, and their pool: an HTTP/2 connection to a peer that is gone survives a
  /// cancelled request, and would be used for the next one.
  void abandon() {
    evict();
    abort();
    abandoned = true;
  }

  /// Closes all sockets. A thread that is stuck writing to a peer that has stopped reading ends at
  /// once; cancelling the call only queues a frame behind it.
  void abort() {
    sockets.closeAll();
  }

  private OkHttpClient open() {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .socketFactory(sockets)
            .dns(dns)
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .connectionPool(pool())
            .addNetworkInterceptor(WarmUpTag::endBeforeSending)
            .addNetworkInterceptor(Exchange::keepRetryAfter)
            .proxy(Proxy.NO_PROXY);
    HttpProxy proxy = destination.proxy();
    if (proxy != null) {
      builder.proxy(
          new Proxy(
              Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
    }
    String proxyAuthorization = proxy == null ? null : proxy.authorization();
    if (proxyAuthorization != null) {
      builder.proxyAuthenticator((_, response) ->
          response.request().header("Proxy-Authorization") != null
              ? null
              : authorized(response.request(), proxyAuthorization));
    }
    if (!destination.url().isHttps()) {
      // Otherwise TLS is initialized although no connection uses it.
      builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    } else {
      LazyTrustManager trustManager =
          LazyTrustManager.ofJvm(destination.caCertificates(), destination.clientCertificates());
      builder.sslSocketFactory(trustManager.socketFactory(), trustManager);
    }
    return builder.build();
  }

  private static ConnectionPool pool() {
    return new ConnectionPool(1, IDLE_MAX.toSeconds(), TimeUnit.SECONDS);
  }

  private static Request authorized(Request request, String proxyAuthorization) {
    return request.newBuilder().header("Proxy-Authorization", proxyAuthorization).build();
  }
}
