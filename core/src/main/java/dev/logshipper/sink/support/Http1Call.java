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
  private @Nullable Socket socket;
  private boolean cancelled;
  private int responses;

  Http1Call(Http1Client client) {
    this.client = client;
  }

  /// Sends a request and reads the response, without a limit in time. Uses the kept connection if
  /// there is one; if that turns out to be dead before a byte of a response has arrived, the
  /// request is sent once more, over a new connection.
  ///
  /// @throws InterruptedIOException when cancelled
  public Http1Response execute(Http1Request request) throws IOException {
    byte[] head = request.head();
    Http1Connection kept = client.take(request.origin());
    if (kept != null) {
      try {
        return exchange(kept, head, request);
      } catch (IOException failure) {
        if (kept.hasResponseBegun() || isCancelled()) {
          throw failure;
        }
      }
    }
    Http1Connection fresh = open(request.origin());
    try {
      return exchange(fresh, head, request);
    } catch (IOException failure) {
      client.addresses().failed(fresh.address());
      throw failure;
    }
  }

  /// Connects, including the TLS handshake, and keeps the connection for the next request.
  public void connect(Http1Request.Origin origin) throws IOException {
    Http1Connection connection = client.take(origin);
    if (connection == null) {
      connection = open(origin);
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

  /// The phase reached before any cancellation, for a message that continues with the server:
  /// `connecting to`.
  public synchronized String phase() {
    return phase;
  }

  /// The number of responses so far.
  public synchronized int responses() {
    return responses;
  }

  private Http1Connection open(Http1Request.Origin origin) throws IOException {
    release();
    return Http1Connection.open(origin, client.addresses(), client.tls(), this);
  }

  private Http1Response exchange(Http1Connection connection, byte[] head, Http1Request request)
      throws IOException {
    Http1Response response = connection.exchange(head, request, client.responseBytesMax(), this);
    client.addresses().worked(connection.address());
    responded();
    if (connection.isReusable()) {
      client.keep(connection, request.origin());
    } else {
      connection.close();
    }
    return response;
  }

  private synchronized void responded() {
    responses++;
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

  synchronized void enter(String newPhase) {
    if (!cancelled) {
      phase = newPhase;
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
