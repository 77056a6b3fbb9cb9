package dev.logshipper.sandbox.destination;

import java.time.Duration;
import java.util.List;

/// A destination that accepts any request: 200 without a body unless scripted otherwise.
public final class HttpDestination extends Destination {

  private HttpDestination(int port, Tls tls) {
    super(port, tls, ScriptedResponse.ok());
  }

  /// Starts on a free port.
  public static HttpDestination start() {
    return start(0);
  }

  /// Starts on this port, for example where an earlier destination was closed.
  ///
  /// @throws java.io.UncheckedIOException when it cannot listen, for example because the port is in
  ///   use
  public static HttpDestination start(int port) {
    return new HttpDestination(port, Tls.NONE);
  }

  /// Starts on a free port with TLS, see [#certificatePem()]. Needs a JDK, not only a Java runtime:
  /// its `keytool` makes the certificates.
  public static HttpDestination startTls() {
    return new HttpDestination(0, Tls.ELLIPTIC_CURVE);
  }

  /// The NDJSON lines of all requests that were read whole and got a success, in order: those that
  /// a sender may consider delivered. A line that was sent and acknowledged twice is there twice.
  @Override
  public List<String> lines() {
    return received.lines();
  }

  @Override
  public List<String> awaitLines(int count, Duration timeout) {
    return received.awaitLines(count, timeout);
  }

  /// Forgets the requests received so far. Scripted responses and counters stay.
  public void clear() {
    received.clear();
  }
}
