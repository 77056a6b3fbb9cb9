package dev.logshipper.client.http;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.HttpProxy;
import dev.logshipper.sink.support.TimeLimiter;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Dns;
import okhttp3.Request;
import okhttp3.RequestBody;

/// Posts one body at a time and keeps the connection for the next one. Write the body into [#body],
/// then [#post] it. Not thread-safe.
///
/// OkHttp's own retries, redirects and timeouts are off: core retries, a redirect is a
/// configuration error, and the deadline bounds the whole request.
public final class Transport implements AutoCloseable {
  /// Kept in a field, because an unreferenced logger loses its level. OkHttp logs to standard
  /// error, which is a log that the user pays for.
  private static final Logger OKHTTP_LOGGER = Logger.getLogger("okhttp3");

  static {
    OKHTTP_LOGGER.setLevel(Level.OFF);
  }

  private static final int KEPT_BYTES_MAX = 1024 * 1024;

  private final Destination destination;
  private final Connections connections;
  private final int errorBodyBytesMax;
  private final LongSupplier epochMillis;
  private BodyBuffer body = new BodyBuffer(KEPT_BYTES_MAX);

  /// @param errorBodyBytesMax how much to read of the body of an error response; 0 for nothing
  /// @param epochMillis wall clock; it advances while the environment is frozen
  public Transport(Destination destination, int errorBodyBytesMax, LongSupplier epochMillis) {
    this(destination, errorBodyBytesMax, epochMillis, Dns.SYSTEM);
  }

  Transport(Destination destination, int errorBodyBytesMax, LongSupplier epochMillis, Dns dns) {
    this.destination = destination;
    this.connections = new Connections(destination, epochMillis, dns);
    this.errorBodyBytesMax = errorBodyBytesMax;
    this.epochMillis = epochMillis;
  }

  /// The empty buffer for the next body. An abandoned request, which may still be reading, never
  /// shares it.
  public BodyBuffer body() {
    body.clear();
    return body;
  }

  /// Makes one attempt to post [#body], repeated once at once when a pooled connection turns out to
  /// be dead. Clears the body.
  ///
  /// @param batchId sent as `X-Log-Shipper-Batch-Id`
  /// @param deadline bounds the whole call
  public PostResult post(String batchId, Deadline deadline) throws InterruptedException {
    int bytes = body.size();
    PostResult result = post(exchange(request(batchId)), deadline);
    if (destination.diagnostics().isDebug()) {
      debug(bytes, result);
    }
    return result;
  }

  private PostResult post(Exchange exchange, Deadline deadline) throws InterruptedException {
    try {
      return attempt(exchange, deadline);
    } catch (IOException failure) {
      return new PostResult.NoResponse(
          exchange.reason(failure, destination.host(), destination.variables()),
          exchange.hasBegun());
    } finally {
      body.clear();
    }
  }

  private void debug(int bytes, PostResult result) {
    String outcome =
        result instanceof PostResult.Response response
            ? "status " + response.status()
            : "no response";
    destination.diagnostics().debug(destination + ": POST of " + bytes + " bytes: " + outcome);
  }

  /// Prepares a [#post] of [#body] without sending it: looks up the host, connects, completes the
  /// TLS handshake, and drops the connection. Clears the body.
  ///
  /// @param deadline bounds the whole call
  public void warmUp(Deadline deadline) throws InterruptedException {
    try {
      attempt(exchange(WarmUpTag.of(request("warm-up"))), deadline);
    } catch (IOException _) {
      // A warm-up always ends with one.
    } finally {
      body.clear();
    }
  }

  private Exchange exchange(Request request) {
    return new Exchange(connections, request, destination.proxy(), errorBodyBytesMax, epochMillis);
  }

  private PostResult attempt(Exchange exchange, Deadline deadline)
      throws IOException, InterruptedException {
    boolean ended = false;
    boolean responded = false;
    try {
      PostResult result =
          TimeLimiter.run(
              "log-shipper-http",
              exchange::run,
              exchange::requestsEnded,
              exchange::cancel,
              deadline);
      ended = true;
      responded = true;
      return result;
    } catch (IOException failure) {
      ended = true;
      throw failure;
    } catch (TimeoutException _) {
      return new PostResult.NoResponse("timed out " + exchange.phase(destination.host()), false);
    } finally {
      connections.used();
      if (!responded) {
        connections.abandon();
      }
      if (!ended) {
        // The abandoned request may be stuck and still read from the buffer.
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
    HttpProxy proxy = destination.proxy();
    if (proxy != null && proxy.authorization() != null && !destination.url().isHttps()) {
      request.header("Proxy-Authorization", proxy.authorization());
    }
    return request.build();
  }

  @Override
  public void close() {
    connections.evict();
  }

  @Override
  public String toString() {
    return destination.toString();
  }
}
