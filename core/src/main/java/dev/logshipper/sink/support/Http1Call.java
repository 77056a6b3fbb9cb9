package dev.logshipper.sink.support;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// One attempt of an [Http1Client], which any thread may cancel. [Http1Client#send] creates its
/// own; a call of its own is of use where another library wraps the requests. Thread-safe.
public final class Http1Call {
  private final Http1Client client;
  private String phase = "before sending to";
  private @Nullable HttpProxy peer;
  private @Nullable Socket socket;
  private boolean cancelled;
  private int requestsEnded;

  Http1Call(Http1Client client) {
    this.client = client;
  }

  /// Sends a request and reads the response, without a limit in time. Uses the kept connection if
  /// there is one; if that turns out to be dead before a byte of a response has arrived, the
  /// request is sent once more, over a new connection.
  ///
  /// @throws InterruptedIOException when cancelled
  public Http1Response execute(Http1Request request) throws IOException {
    HttpProxy proxy = client.proxyFor(request.origin());
    byte[] head = request.head(proxy);
    Http1Connection kept = client.take(request.origin());
    if (kept != null) {
      try {
        return exchange(kept, head, request, proxy);
      } catch (IOException failure) {
        if (kept.hasResponseBegun() || isCancelled()) {
          throw failure;
        }
        requestEnded();
      }
    }
    Http1Connection fresh = open(request.origin(), proxy);
    try {
      return exchange(fresh, head, request, proxy);
    } catch (IOException failure) {
      client.addresses().failed(fresh.address());
      throw failure;
    }
  }

  /// Connects, including the TLS handshake, and keeps the connection for the next request.
  public void connect(Http1Request.Origin origin) throws IOException {
    Http1Connection connection = client.take(origin);
    if (connection == null) {
      connection = open(origin, client.proxyFor(origin));
      release();
      client.addresses().worked(connection.address());
    }
    client.keep(connection, origin);
  }

  /// Ends the call at once, and prevents anything that it would do later.
  public synchronized void cancel() {
    cancelled = true;
    if (socket != null) {
      close(socket);
    }
  }

  /// The phase reached before any cancellation, with the peer: `connecting to http://logs`.
  ///
  /// @param server named unless the phase is one of the connection to a proxy
  public synchronized String phase(String server) {
    return phase + " " + (peer == null ? server : "the " + peer);
  }

  /// The number of requests that have got a response, or whose connection turned out to be dead.
  public synchronized int requestsEnded() {
    return requestsEnded;
  }

  private Http1Connection open(Http1Request.Origin origin, @Nullable HttpProxy proxy)
      throws IOException {
    release();
    return Http1Connection.open(origin, proxy, client.addresses(), client.tls(), this);
  }

  private Http1Response exchange(
      Http1Connection connection, byte[] head, Http1Request request, @Nullable HttpProxy proxy)
      throws IOException {
    Http1Response response = connection.exchange(head, request, client, this);
    client.addresses().worked(connection.address());
    requestEnded();
    if (connection.isReusable()) {
      client.keep(connection, request.origin());
    } else {
      connection.close();
    }
    if (proxy != null && response.status() == 407) {
      throw proxy.rejected(407);
    }
    return response;
  }

  private synchronized void requestEnded() {
    requestsEnded++;
  }

  /// Makes [#cancel] close this socket.
  ///
  /// @throws InterruptedIOException when cancelled before
  synchronized void hold(Socket next) throws InterruptedIOException {
    if (cancelled) {
      close(next);
      throw new InterruptedIOException("cancelled");
    }
    socket = next;
  }

  /// Makes [#cancel] spare the socket.
  ///
  /// @throws InterruptedIOException when cancelled before
  synchronized void release() throws InterruptedIOException {
    if (cancelled) {
      throw new InterruptedIOException("cancelled");
    }
    socket = null;
  }

  /// @param newPeer the proxy that the phase is about; null if it is about the server
  synchronized void enter(String newPhase, @Nullable HttpProxy newPeer) {
    if (!cancelled) {
      phase = newPhase;
      peer = newPeer;
    }
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }
}
