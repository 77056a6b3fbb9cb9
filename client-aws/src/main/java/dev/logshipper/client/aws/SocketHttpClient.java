package dev.logshipper.client.aws;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/// The HTTP client under the SDK: one request at a time over a connection that is kept for the next
/// one. It has no thread and no timer, repeats a request in one case only, when a kept connection
/// turns out dead before a byte of an answer, and can be told to stop at any time.
///
/// None of that holds for the SDK's client over `HttpURLConnection`. As read in the source of JDK
/// 25: it repeats a PUT without a body after any failure, on a fresh connection too; before it uses
/// a kept connection again it looks for its end with POST only, never with PUT; it does not tell
/// whether a connection was kept, so that a repetition of ours would be a guess; it keeps one for 5
/// seconds and a thread with it; and it cannot be closed while it connects, nor while a chunked
/// answer trickles in, because closing waits for the reader's lock.
///
/// Thread-safe. Calls are those of [#begin]: one begun later ends nothing of an earlier one.
final class SocketHttpClient implements SdkHttpClient {
  /// Longer than that, load balancers and NAT gateways forget a connection, some without a word,
  /// and a request on it would wait for its timeout (the shortest common limit is a minute).
  private static final Duration IDLE_MAX = Duration.ofSeconds(55);

  private final Supplier<SSLSocketFactory> tls;
  private final LongSupplier epochMillis;
  private Attempt attempt = new Attempt(false);
  private @Nullable HttpConnection kept;
  private String keptOrigin = "";
  private long keptSinceMillis;

  /// @param tls asked at the first need: setting up TLS takes 150 ms
  /// @param epochMillis wall clock; it goes on while the environment is frozen
  SocketHttpClient(Supplier<SSLSocketFactory> tls, LongSupplier epochMillis) {
    this.tls = tls;
    this.epochMillis = epochMillis;
  }

  /// Requests prepared from now on belong to the attempt returned.
  synchronized Attempt begin() {
    attempt = new Attempt(false);
    return attempt;
  }

  /// The same for requests that are not to be sent: each ends with a connection, kept for the next
  /// one, and an [IOException].
  synchronized Attempt beginWarmUp() {
    attempt = new Attempt(true);
    return attempt;
  }

  @Override
  public synchronized ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Exchange(request, attempt);
  }

  /// Gives up the kept connection.
  @Override
  public synchronized void close() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }

  @Override
  public String clientName() {
    return "LogShipper";
  }

  private synchronized @Nullable HttpConnection take(String origin) {
    HttpConnection taken = kept;
    kept = null;
    if (taken == null) {
      return null;
    }
    long idleMillis = epochMillis.getAsLong() - keptSinceMillis;
    if (!origin.equals(keptOrigin) || idleMillis < 0 || idleMillis > IDLE_MAX.toMillis()) {
      taken.close();
      return null;
    }
    return taken;
  }

  private synchronized void keep(HttpConnection connection, String origin) {
    close();
    kept = connection;
    keptOrigin = origin;
    keptSinceMillis = epochMillis.getAsLong();
  }

  private final class Exchange implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private final Attempt attempt;

    Exchange(HttpExecuteRequest request, Attempt attempt) {
      this.request = request;
      this.attempt = attempt;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      SdkHttpRequest target = request.httpRequest();
      String origin = target.protocol() + "://" + target.host() + ":" + target.port();
      HttpConnection old = take(origin);
      if (old != null) {
        try {
          return run(old, origin);
        } catch (IOException failure) {
          if (old.hasAnswered() || attempt.isCancelled()) {
            throw failure;
          }
        }
      }
      return run(HttpConnection.open(target, tls, attempt), origin);
    }

    @Override
    public void abort() {
      attempt.cancel();
    }

    private HttpExecuteResponse run(HttpConnection connection, String origin) throws IOException {
      if (attempt.isWarmUp()) {
        attempt.release();
        keep(connection, origin);
        throw new IOException("this was a warm-up");
      }
      HttpExecuteResponse response = connection.exchange(request, attempt);
      if (connection.isReusable()) {
        keep(connection, origin);
      } else {
        connection.close();
      }
      return response;
    }
  }
}
