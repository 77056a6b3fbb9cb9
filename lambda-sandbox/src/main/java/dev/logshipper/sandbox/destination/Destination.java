package dev.logshipper.sandbox.destination;

import java.time.Duration;
import java.util.List;

/// A destination for logs on the loopback interface, as tests, demos and training runs need it,
/// whatever its protocol.
///
/// ```java
/// try (Destination destination = LokiDestination.start()) {
///   destination.respondNext(ScriptedResponse.status(503), ScriptedResponse.resetAfterBody());
///   ship(destination.url());
///   destination.awaitLines(3, Duration.ofSeconds(5));
/// }
/// ```
///
/// Every method may be called from any thread.
public interface Destination extends AutoCloseable {

  /// `http://127.0.0.1:PORT`, or `https` with TLS; no slash at the end.
  String url();

  /// The certificate that a client has to trust.
  ///
  /// @throws IllegalStateException without TLS
  String certificatePem();

  /// Sets the usual response, which replaces the destination's own.
  void respond(ScriptedResponse response);

  /// Scripts responses for the next requests, one each, before the usual one applies again. A
  /// further call adds to the queue. A response is used up when the head of a request was read.
  void respondNext(ScriptedResponse... responses);

  /// Sends 200 to every request that hangs now. Later ones hang again.
  void release();

  /// Every request so far in order of arrival, including those cut off, reset or without a response
  /// yet.
  List<ReceivedRequest> requests();

  /// Waits until at least this number of requests is in [#requests()], and returns them all.
  ///
  /// @throws AssertionError when there are fewer after the timeout
  List<ReceivedRequest> awaitRequests(int count, Duration timeout);

  /// The stored log lines, in a reader's order.
  List<String> lines();

  /// Waits until at least this number of lines is in [#lines()], and returns them all.
  ///
  /// @throws AssertionError when there are fewer after the timeout
  List<String> awaitLines(int count, Duration timeout);

  /// The number of connections accepted since the start.
  int connections();

  /// Bytes read since the start, heads included; with TLS, after decryption.
  long bytesReceived();

  /// Closes all connections without notice and stays open for new ones, as a load balancer does
  /// with an idle pool.
  void closeConnections();

  /// From now on accepts connections but sends nothing, not even in a TLS handshake, until
  /// [#acceptConnections()]. Existing connections go on; see [#closeConnections()].
  void stallConnections();

  /// From now on refuses connections, as during a restart. Existing connections go on.
  void refuseConnections();

  /// From now on ignores connection attempts, like a firewall that drops packets: only the sender's
  /// own timeout ends the attempt. Existing connections go on.
  void ignoreConnections();

  /// Accepts new and stalled connections, as at the start. Ignored attempts succeed when the
  /// sender's kernel retries: 1 s, 3 s, 7 s after the first time.
  void acceptConnections();

  /// Closes the port and all connections. Received requests stay readable.
  @Override
  void close();
}
