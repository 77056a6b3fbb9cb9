package dev.logshipper.client.http;

import dev.logshipper.sink.support.ConnectionVariables;
import dev.logshipper.sink.support.HttpProxy;
import dev.logshipper.sink.support.RetryAfter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/// One request and its response, repeated once when a pooled connection turns out to be dead. Run
/// by one thread; any other thread may cancel it and read its phase.
final class Exchange {
  /// Under its own name OkHttp would act on the header: repeat the request for 0, and fail for a
  /// number that is no `int`.
  private static final String RETRY_AFTER = "X-Log-Shipper-Retry-After";

  /// Longest wait for the text of an error, whose status has arrived.
  private static final long ERROR_BODY_MILLIS = 250;

  private final Connections connections;
  private final OkHttpClient client;
  private final Request request;
  private final int errorBodyBytesMax;
  private final LongSupplier epochMillis;
  private @Nullable Call call;
  private boolean cancelled;
  private final @Nullable HttpProxy proxy;
  private volatile Progress progress;
  private volatile boolean repeated;

  /// @param proxy on the way, if any
  /// @param errorBodyBytesMax how much to read of the body of an error response
  /// @param epochMillis wall clock, because `Retry-After` may be a date
  Exchange(
      Connections connections,
      Request request,
      @Nullable HttpProxy proxy,
      int errorBodyBytesMax,
      LongSupplier epochMillis) {
    this.connections = connections;
    this.client = connections.ready();
    this.request = request;
    this.proxy = proxy;
    this.progress = new Progress(proxy);
    this.errorBodyBytesMax = errorBodyBytesMax;
    this.epochMillis = epochMillis;
  }

  PostResult.Response run() throws IOException {
    try {
      return once();
    } catch (IOException failure) {
      if (!progress.diedInPool() || isCancelled()) {
        throw failure;
      }
      connections.evict();
      progress = new Progress(proxy);
      repeated = true;
      return once();
    }
  }

  /// The number of requests whose connection turned out to be dead.
  int requestsEnded() {
    return repeated ? 1 : 0;
  }

  /// Makes [#run] end soon.
  synchronized void cancel() {
    cancelled = true;
    connections.abort();
    if (call != null) {
      call.cancel();
    }
  }

  /// The current phase and its peer, for a message.
  ///
  /// @param host named unless the phase is one of the connection to the proxy
  String phase(String host) {
    Progress now = progress;
    return now.phase + " " + (now.proxy == null ? host : "the " + now.proxy);
  }

  /// The reason of a retry after a failure: names the host, or the proxy before it if that failed.
  String reason(IOException failure, String host, ConnectionVariables variables) {
    Progress now = progress;
    return now.proxy == null
        ? "cannot reach "
            + host
            + ": "
            + NetworkErrors.describe(failure, now.handshaking, variables)
        : NetworkErrors.ofProxy(failure, now.proxy);
  }

  /// Whether the request had begun.
  boolean hasBegun() {
    return progress.acquired;
  }

  /// A network interceptor that the client needs, so that [#run] sees `Retry-After`.
  static Response keepRetryAfter(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String wait = response.header("Retry-After");
    return wait == null
        ? response
        : response.newBuilder().removeHeader("Retry-After").header(RETRY_AFTER, wait).build();
  }

  private PostResult.Response once() throws IOException {
    Call next = client.newCall(request);
    next.addEventListener(progress);
    begin(next);
    long bytesBefore = connections.bytesReceived();
    Response response = next.execute();
    if (response.protocol() != Protocol.HTTP_2 && connections.bytesReceived() == bytesBefore) {
      // It was there before the request, so it is the response to none.
      progress.foundStray();
      connections.foundStray();
      response.close();
      throw new IOException("a stray response");
    }
    // Closing reads on for a tenth of a second at most, so that the connection can be used again.
    try (response) {
      Duration wait = RetryAfter.parse(response.header(RETRY_AFTER), epochMillis.getAsLong());
      return new PostResult.Response(response.code(), wait, errorBody(response));
    } finally {
      connections.responded(response.code(), response.protocol());
    }
  }

  private String errorBody(Response response) throws IOException {
    if (errorBodyBytesMax == 0 || response.code() < 400) {
      return "";
    }
    BufferedSource source = response.body().source();
    source.timeout().deadline(ERROR_BODY_MILLIS, TimeUnit.MILLISECONDS);
    try {
      source.request(errorBodyBytesMax);
    } catch (IOException _) {
      // The status has arrived, and a part of the body is enough.
    } finally {
      source.timeout().clearDeadline();
    }
    Buffer read = source.getBuffer();
    return read.readUtf8(Math.min(read.size(), errorBodyBytesMax));
  }

  private synchronized void begin(Call next) {
    call = next;
    if (cancelled) {
      next.cancel();
    }
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  /// Progress of a call. Written on threads of the HTTP client, read on others.
  private static final class Progress extends EventListener {
    /// The peer until the connection to the server behind it begins, if there is one.
    private volatile @Nullable HttpProxy proxy;

    private volatile String phase = "looking up";
    private volatile boolean handshaking;
    private volatile boolean fresh;
    private volatile boolean acquired;
    private volatile boolean responded;

    Progress(@Nullable HttpProxy proxy) {
      this.proxy = proxy;
    }

    /// Whether a failure concerns the pooled connection only, not the server.
    boolean diedInPool() {
      return acquired && !fresh && !responded;
    }

    void foundStray() {
      responded = false;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
      fresh = true;
      phase = "connecting to";
    }

    @Override
    public void secureConnectStart(Call call) {
      proxy = null;
      handshaking = true;
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
      handshaking = false;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      acquired = true;
      proxy = null;
      phase = "sending to";
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
      phase = "waiting for a response from";
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      responded = true;
    }
  }
}
