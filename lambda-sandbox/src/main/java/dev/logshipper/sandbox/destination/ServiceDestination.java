package dev.logshipper.sandbox.destination;

import dev.logshipper.sandbox.http.RequestHead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A destination that accepts, rejects and stores as a certain service would.
///
/// A scripted response takes precedence over the service: the service does not see that request and
/// stores nothing of it. [#handled(Function)] lets the service handle it first, so that "stored,
/// but the response was lost" can be scripted as well.
public abstract class ServiceDestination implements Destination {
  private final HttpDestination http;
  private final Service service;

  /// @param http carries the service's conversations from now on
  protected ServiceDestination(HttpDestination http, Service service) {
    this.http = http;
    this.service = service;
    http.respond(ScriptedResponse.computed(service::handle));
  }

  /// The service's own handling, which may store data, and then a response made from the service's.
  ///
  /// ```java
  /// loki.respondNext(loki.handled(_ -> ScriptedResponse.resetAfterBody()));               // stored, response lost
  /// loki.respondNext(loki.handled(response -> response.after(Duration.ofSeconds(2)))); // stored, but slow
  /// loki.respond(loki.handled(response -> response));                                 // as at the start
  /// ```
  public final ScriptedResponse handled(Function<ScriptedResponse.Http, ScriptedResponse> then) {
    return ScriptedResponse.computed(request -> then.apply(service.handle(request)));
  }

  /// The service's response to a request that another server received, which is not among
  /// [#requests()].
  ///
  /// @param path with its query
  public final ScriptedResponse.Http respondTo(
      String method, String path, Map<String, String> headers, byte[] body) {
    RequestHead head = new RequestHead(method, path, "HTTP/1.1", headers);
    return service.handle(
        new ReceivedRequest(head, body, 0, System.nanoTime(), true, ScriptedResponse.ok(), false));
  }

  @Override
  public final String url() {
    return http.url();
  }

  @Override
  public final String certificatePem() {
    return http.certificatePem();
  }

  @Override
  public final void respond(ScriptedResponse response) {
    http.respond(response);
  }

  @Override
  public final void respondNext(ScriptedResponse... responses) {
    http.respondNext(responses);
  }

  @Override
  public final void release() {
    http.release();
  }

  @Override
  public final List<ReceivedRequest> requests() {
    return http.requests();
  }

  @Override
  public final List<ReceivedRequest> awaitRequests(int count, Duration timeout) {
    return http.awaitRequests(count, timeout);
  }

  @Override
  public final List<String> lines() {
    return service.lines();
  }

  @Override
  public final List<String> awaitLines(int count, Duration timeout) {
    return http.await(count, timeout, service::lines);
  }

  @Override
  public final int connections() {
    return http.connections();
  }

  @Override
  public final long bytesReceived() {
    return http.bytesReceived();
  }

  @Override
  public final void closeConnections() {
    http.closeConnections();
  }

  @Override
  public final void stallConnections() {
    http.stallConnections();
  }

  @Override
  public final void refuseConnections() {
    http.refuseConnections();
  }

  @Override
  public final void ignoreConnections() {
    http.ignoreConnections();
  }

  @Override
  public final void acceptConnections() {
    http.acceptConnections();
  }

  @Override
  public final void close() {
    http.close();
  }
}
