package dev.logshipper.sink.http;

import dev.logshipper.format.BodyBuffer;
import dev.logshipper.sink.BoundedCall;
import dev.logshipper.sink.Deadline;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/// Posts one body at a time and keeps the connection for the next one. Not thread-safe.
///
/// OkHttp's own retries, redirects and timeouts are off: core retries, a redirect is a setting to
/// mend, and the deadline ends the whole request at once.
final class Transport implements AutoCloseable {
  /// Longer than that, load balancers and NAT gateways forget a connection, some without a word,
  /// and a request on it would wait for its timeout (the shortest common limit is a minute).
  private static final Duration IDLE_MAX = Duration.ofSeconds(55);

  /// Held, because a logger that nobody holds forgets its level. What OkHttp logs goes to standard
  /// error, which is a log that the user pays for.
  private static final Logger OKHTTP_LOGGER = Logger.getLogger("okhttp3");

  static {
    OKHTTP_LOGGER.setLevel(Level.OFF);
  }

  private final Destination destination;
  private final LongSupplier epochMillis;
  private @Nullable OkHttpClient client;
  private long lastUsedMillis;

  /// @param epochMillis wall clock; it goes on while the environment is frozen
  Transport(Destination destination, LongSupplier epochMillis) {
    this.destination = destination;
    this.epochMillis = epochMillis;
  }

  /// Makes one attempt; a second one at once when the first met a connection that had died in the
  /// pool.
  ///
  /// @throws TimeoutException when there was no answer in time; its message says what was being
  ///   done, to be followed by the host's name
  Exchange.Answer post(BodyBuffer body, String batchId, String contentEncoding, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    OkHttpClient ready = readyClient();
    Request.Builder request =
        new Request.Builder()
            .url(destination.url())
            .headers(destination.headers())
            .header("X-Log-Shipper-Batch-Id", batchId)
            .post(RequestBody.create(body.array(), null, 0, body.size()));
    if (!contentEncoding.isEmpty()) {
      request.header("Content-Encoding", contentEncoding);
    }
    String proxyAuthorization = destination.proxy().authorization();
    if (proxyAuthorization != null && !destination.url().isHttps()) {
      request.header("Proxy-Authorization", proxyAuthorization);
    }
    Exchange exchange = new Exchange(ready, request.build());
    boolean answered = false;
    try {
      Exchange.Answer answer =
          BoundedCall.run("log-shipper-http", exchange::run, exchange::cancel, deadline);
      answered = true;
      return answer;
    } catch (TimeoutException _) {
      throw new TimeoutException(exchange.phase());
    } finally {
      lastUsedMillis = epochMillis.getAsLong();
      if (!answered) {
        // An HTTP/2 connection outlives a cancelled request, even when its other end is gone.
        ready.connectionPool().evictAll();
      }
    }
  }

  @Override
  public void close() {
    OkHttpClient opened = client;
    if (opened != null) {
      opened.connectionPool().evictAll();
    }
  }

  private OkHttpClient readyClient() throws IOException {
    OkHttpClient ready = client;
    if (ready == null) {
      ready = open();
      client = ready;
    }
    long idleMillis = epochMillis.getAsLong() - lastUsedMillis;
    if (idleMillis < 0 || idleMillis > IDLE_MAX.toMillis()) {
      ready.connectionPool().evictAll();
    }
    return ready;
  }

  private OkHttpClient open() throws IOException {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .socketFactory(new UndelayedSockets())
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .connectionPool(new ConnectionPool(1, IDLE_MAX.toSeconds(), TimeUnit.SECONDS))
            .addNetworkInterceptor(Exchange::keepRetryAfter)
            .proxy(destination.proxy().proxy());
    String proxyAuthorization = destination.proxy().authorization();
    if (proxyAuthorization != null) {
      builder.proxyAuthenticator((_, response) ->
          response.request().header("Proxy-Authorization") != null
              ? null
              : response
                  .request()
                  .newBuilder()
                  .header("Proxy-Authorization", proxyAuthorization)
                  .build());
    }
    if (!destination.url().isHttps()) {
      // Without this, TLS is set up for connections that never use it.
      builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    } else if (!destination.roots().isEmpty()) {
      trust(builder);
    }
    return builder.build();
  }

  private void trust(OkHttpClient.Builder builder) throws IOException {
    X509TrustManager manager = TrustedRoots.with(destination.roots());
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      builder.sslSocketFactory(context.getSocketFactory(), manager);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public String toString() {
    return destination.toString();
  }
}
