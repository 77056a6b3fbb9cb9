package dev.logshipper.client.aws;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// One call of the SDK, which may be given up at any time. Thread-safe.
///
/// The socket under TLS is what gets closed: that ends every wait at once, for a connection, a
/// handshake, a write or a read, while closing a TLS socket may itself wait for a writer.
final class Attempt {
  private final boolean warmUp;
  private String phase = "before sending to";
  private @Nullable Socket socket;
  private boolean cancelled;

  /// @param warmUp whether it ends where the request would be sent
  Attempt(boolean warmUp) {
    this.warmUp = warmUp;
  }

  boolean isWarmUp() {
    return warmUp;
  }

  /// Ends whatever is being done with the socket held, and everything to come.
  synchronized void cancel() {
    cancelled = true;
    if (socket != null) {
      close(socket);
    }
  }

  /// Makes [#cancel] end what is done with this socket.
  ///
  /// @throws InterruptedIOException when cancelled before
  synchronized void hold(Socket next) throws InterruptedIOException {
    if (cancelled) {
      close(next);
      throw new InterruptedIOException("given up");
    }
    socket = next;
  }

  /// What has been asked for is there, so that the socket may live on.
  ///
  /// @throws InterruptedIOException when cancelled before
  synchronized void release() throws InterruptedIOException {
    if (cancelled) {
      throw new InterruptedIOException("given up");
    }
    socket = null;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /// @param doing to be followed by where
  synchronized void enter(String doing) {
    if (!cancelled) {
      phase = doing;
    }
  }

  /// What was being done last, before a cancellation, to be followed by where.
  synchronized String phase() {
    return phase;
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // Nobody is interested in it any more.
    }
  }
}
