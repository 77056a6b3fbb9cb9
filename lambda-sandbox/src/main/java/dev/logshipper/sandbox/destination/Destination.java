package dev.logshipper.sandbox.destination;

import java.time.Duration;
import java.util.List;

/// Where logs are sent to, on the loopback interface: what tests, demos and training runs need of
/// it, whatever protocol it speaks.
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

  /// From now on the usual response, instead of what it does by itself.
  void respond(ScriptedResponse response);

  /// Answers for the next requests, one each, before the usual one again. A further call adds to
  /// the queue. A response is used up when the head of a request was read.
  void respondNext(ScriptedResponse... responses);

  /// Sends 200 to every request that hangs now. Later ones hang anew.
  void release();

  /// Every request so far in order of arrival, also those cut off, reset or without a response yet.
  List<ReceivedRequest> requests();

  /// Waits until at least so many requests are in [#requests()], and returns them all.
  ///
  /// @throws AssertionError when there are fewer after the timeout
  List<ReceivedRequest> awaitRequests(int count, Duration timeout);

  /// The log lines that it holds, in the order in which somebody who reads them there sees them.
  List<String> lines();

  /// Waits until at least so many lines are in [#lines()], and returns them all.
  ///
  /// @throws AssertionError when there are fewer after the timeout
  List<String> awaitLines(int count, Duration timeout);

  /// How many connections were accepted since the start.
  int connections();

  /// Bytes read since the start, heads included; with TLS, after decryption.
  long bytesReceived();

  /// Ends all connections, without a word to their senders, and stays open for new ones: what a
  /// load balancer does to an idle pool.
  void closeConnections();

  /// From now on accepts who connects and says nothing, not even in a TLS handshake, until
  /// [#acceptConnections()]. Connections that exist go on; see [#closeConnections()].
  void stallConnections();

  /// From now on refuses who connects, as a program does that is being restarted. Connections that
  /// exist go on.
  void refuseConnections();

  /// From now on does not hear who connects, as behind a firewall that drops packets: only the
  /// sender's own patience ends the attempt. Connections that exist go on.
  void ignoreConnections();

  /// Takes who comes, and who was kept waiting, as at the start. Who was ignored is heard when his
  /// kernel tries again: 1 s, 3 s, 7 s after the first time.
  void acceptConnections();

  /// Closes the port and all connections. What was received stays readable.
  @Override
  void close();
}
