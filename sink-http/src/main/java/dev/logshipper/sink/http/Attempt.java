package dev.logshipper.sink.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;

/// Watches one request: how far it came, and whether its connection came from the pool. Written on
/// the threads of the HTTP client, read on others.
final class Attempt extends EventListener {
  private volatile String phase = "looking up";
  private volatile boolean fresh;
  private volatile boolean acquired;
  private volatile boolean answered;

  /// What was being done last, to be followed by the host's name.
  String phase() {
    return phase;
  }

  /// Whether a failure means that a connection had died while it lay in the pool, which says
  /// nothing about the server.
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
