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
public abstract class ServiceDestination extends Destination {
  private final Service service;

  /// Starts on a free port.
  protected ServiceDestination(Service service, Tls tls) {
    super(0, tls, ScriptedResponse.computed(service::handle));
    this.service = service;
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
        new ReceivedRequest(head, body, 0, System.nanoTime(), true, ScriptedResponse.ok(), 0));
  }

  @Override
  public final List<String> lines() {
    return service.lines();
  }

  @Override
  public final List<String> awaitLines(int count, Duration timeout) {
    return received.awaitLines(count, timeout, service::lines);
  }
}
