package dev.logshipper.client.http;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.TimeLimiter;
import dev.logshipper.tls.TrustedAuthorities;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/// Posts one body at a time and keeps the connection for the next one. Write the body into [#body],
/// then [#post] it. Not thread-safe.
///
/// OkHttp's own retries, redirects and timeouts are off: core retries, a redirect is a setting to
/// mend, and the deadline ends the whole request at once.
public final class Transport implements AutoCloseable {
  /// Longer than that, load balancers and NAT gateways forget a connection, some without a word,
  /// and a request on it would wait for its timeout (the shortest common limit is a minute).
  private static final Duration IDLE_MAX = Duration.ofSeconds(55);

  /// Held, because a logger that nobody holds forgets its level. What OkHttp logs goes to standard
  /// error, which is a log that the user pays for.
  private static final Logger OKHTTP_LOGGER = Logger.getLogger("okhttp3");

  static {
    OKHTTP_LOGGER.setLevel(Level.OFF);
  }

  private static final int KEPT_BYTES_MAX = 1024 * 1024;

  private final Destination destination;
  private final int refusalBytesMax;
  private final LongSupplier epochMillis;
  private BodyBuffer body = new BodyBuffer(KEPT_BYTES_MAX);
  private @Nullable OkHttpClient client;
  private long lastUsedMillis;

  /// @param refusalBytesMax how much to read of what a server says when it refuses; 0: nothing
  /// @param epochMillis wall clock; it goes on while the environment is frozen
  public Transport(Destination destination, int refusalBytesMax, LongSupplier epochMillis) {
    this.destination = destination;
    this.refusalBytesMax = refusalBytesMax;
    this.epochMillis = epochMillis;
  }

  /// The buffer for the next body, empty. Never one that a request which was given up may still be
  /// reading from.
  public BodyBuffer body() {
    body.clear();
    return body;
  }

  /// Makes one attempt to post what was written into [#body]; a second one at once when the first
  /// met a connection that had died in the pool. The body is gone afterwards.
  ///
  /// @param batchId goes along as `X-Log-Shipper-Batch-Id`
  /// @param deadline by which it has returned
  public Reply post(String batchId, Deadline deadline) throws InterruptedException {
    try {
      OkHttpClient ready = readyClient();
      return attempt(
          ready, new Exchange(ready, request(batchId), refusalBytesMax, epochMillis), deadline);
    } catch (IOException failure) {
      String words = Failures.inWords(failure, destination.caFileVariable());
      return new Reply.NoAnswer("cannot reach " + destination.host() + ": " + words);
    } finally {
      body.clear();
    }
  }

  /// Does all that [#post] does with what was written into [#body], up to the instant when it would
  /// send: the host is looked up and hands are shaken, and the connection is given up again.
  ///
  /// @param deadline by which it has returned
  public void warmUp(Deadline deadline) throws InterruptedException {
    try {
      OkHttpClient ready = readyClient();
      Request request = WarmUpTag.of(request("warm-up"));
      attempt(ready, new Exchange(ready, request, refusalBytesMax, epochMillis), deadline);
    } catch (IOException _) {
      // It ends with one.
    } finally {
      body.clear();
    }
  }

  private Reply attempt(OkHttpClient ready, Exchange exchange, Deadline deadline)
      throws IOException, InterruptedException {
    boolean ended = false;
    boolean answered = false;
    try {
      Reply reply = TimeLimiter.run("log-shipper-http", exchange::run, exchange::cancel, deadline);
      ended = true;
      answered = true;
      return reply;
    } catch (IOException failure) {
      ended = true;
      throw failure;
    } catch (TimeoutException _) {
      return new Reply.NoAnswer("timed out " + exchange.phase() + " " + destination.host());
    } finally {
      lastUsedMillis = epochMillis.getAsLong();
      if (!answered) {
        // An HTTP/2 connection outlives a cancelled request, even when its other end is gone.
        ready.connectionPool().evictAll();
      }
      if (!ended) {
        // It may be stuck where nothing ends it.
        body = new BodyBuffer(KEPT_BYTES_MAX);
      }
    }
  }

  private Request request(String batchId) {
    Request.Builder request =
        new Request.Builder()
            .url(destination.url())
            .headers(destination.headers())
            .header("X-Log-Shipper-Batch-Id", batchId)
            .post(RequestBody.create(body.array(), null, 0, body.size()));
    String proxyAuthorization = destination.proxy().authorization();
    if (proxyAuthorization != null && !destination.url().isHttps()) {
      request.header("Proxy-Authorization", proxyAuthorization);
    }
    return request.build();
  }

  @Override
  public void close() {
    OkHttpClient opened = client;
    if (opened != null) {
      opened.connectionPool().evictAll();
    }
  }

  private OkHttpClient readyClient() {
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

  private OkHttpClient open() {
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
            .addNetworkInterceptor(WarmUpTag::endBeforeSending)
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
    } else {
      TrustedAuthorities trusted = TrustedAuthorities.ofJvm(destination.roots());
      builder.sslSocketFactory(trusted.sockets(), trusted);
    }
    return builder.build();
  }

  @Override
  public String toString() {
    return destination.toString();
  }
}
