package dev.logshipper.format.edgedelta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.support.BodyBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;

/// One request over the JDK's own client, which sinks with different HTTP clients can share. Run by
/// one thread; any other may cancel it.
final class LookupRequest {
  private static final int ANSWER_BYTES_MAX = 1 << 20;

  private final HttpURLConnection connection;
  private volatile boolean cancelled;

  /// @param connection prepared, with timeouts for silence, and not connected
  LookupRequest(HttpURLConnection connection) {
    this.connection = connection;
  }

  /// What the server said; the body of a success only.
  record Answer(int status, String body) {
    /// Does not show the body, which holds the function's variables.
    @Override
    public String toString() {
      return "answer " + status;
    }
  }

  Answer run() throws IOException {
    try {
      int status = connection.getResponseCode();
      return new Answer(status, status == HttpURLConnection.HTTP_OK ? body() : "");
    } finally {
      connection.disconnect();
    }
  }

  /// Makes [#run] end soon, without waiting for it.
  void cancel() {
    cancelled = true;
    // Disconnecting may wait for a lock that the reading thread takes again and again.
    Thread closer = new Thread(connection::disconnect, "log-shipper-lookup-end");
    closer.setDaemon(true);
    closer.start();
  }

  private String body() throws IOException {
    BodyBuffer body = new BodyBuffer(0);
    byte[] part = new byte[8192];
    try (InputStream in = connection.getInputStream()) {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        body.write(part, 0, read);
        if (cancelled || body.size() > ANSWER_BYTES_MAX) {
          throw new InterruptedIOException("given up");
        }
      }
    }
    return new String(body.toByteArray(), UTF_8);
  }
}
