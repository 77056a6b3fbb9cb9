package dev.logshipper.client.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/// One request and its answer, with one repetition when the first met a connection that had died in
/// the pool. Run by one thread; any other may cancel it and ask how far it came.
final class Exchange {
  /// Under its own name OkHttp would act on the header: repeat the request when it says 0, and fail
  /// when it says a number that is no `int`.
  private static final String RETRY_AFTER = "X-Log-Shipper-Retry-After";

  private final OkHttpClient client;
  private final Request request;
  private final int refusalBytesMax;
  private final LongSupplier epochMillis;
  private @Nullable Call call;
  private boolean cancelled;
  private volatile Progress progress = new Progress();

  /// @param refusalBytesMax how much to read of the body of a refusal
  /// @param epochMillis wall clock, because a server may name the time until which to wait
  Exchange(OkHttpClient client, Request request, int refusalBytesMax, LongSupplier epochMillis) {
    this.client = client;
    this.request = request;
    this.refusalBytesMax = refusalBytesMax;
    this.epochMillis = epochMillis;
  }

  Reply.Answer run() throws IOException {
    try {
      return once();
    } catch (IOException failure) {
      if (!progress.diedInPool() || isCancelled()) {
        throw failure;
      }
      client.connectionPool().evictAll();
      progress = new Progress();
      return once();
    }
  }

  /// Makes [#run] end soon.
  synchronized void cancel() {
    cancelled = true;
    if (call != null) {
      call.cancel();
    }
  }

  /// What was being done last, to be followed by the host's name.
  String phase() {
    return progress.phase;
  }

  /// The client must have this, for the wait that a server asks for.
  static Response keepRetryAfter(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String wait = response.header("Retry-After");
    return wait == null
        ? response
        : response.newBuilder().removeHeader("Retry-After").header(RETRY_AFTER, wait).build();
  }

  private Reply.Answer once() throws IOException {
    Call next = client.newCall(request);
    next.addEventListener(progress);
    begin(next);
    // Closing reads on for a tenth of a second at most, so that the connection can be used again.
    try (Response response = next.execute()) {
      Duration wait = RetryAfter.parse(response.header(RETRY_AFTER), epochMillis.getAsLong());
      return new Reply.Answer(response.code(), wait, refusal(response));
    }
  }

  private String refusal(Response response) throws IOException {
    if (refusalBytesMax == 0 || response.code() < 400) {
      return "";
    }
    BufferedSource body = response.body().source();
    try {
      body.request(refusalBytesMax);
    } catch (IOException _) {
      // The status is there, and what there is of the rest will do.
    }
    Buffer read = body.getBuffer();
    return read.readUtf8(Math.min(read.size(), refusalBytesMax));
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

  /// How far a call came. Written on the threads of the HTTP client, read on others.
  private static final class Progress extends EventListener {
    private volatile String phase = "looking up";
    private volatile boolean fresh;
    private volatile boolean acquired;
    private volatile boolean answered;

    /// Whether a failure says something about a pooled connection and nothing about the server.
    boolean diedInPool() {
      return acquired && !fresh && !answered;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
      fresh = true;
      phase = "connecting to";
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      acquired = true;
      phase = "sending to";
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
      phase = "waiting for an answer from";
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      answered = true;
    }
  }
}
