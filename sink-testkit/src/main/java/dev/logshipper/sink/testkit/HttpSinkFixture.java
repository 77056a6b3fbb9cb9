package dev.logshipper.sink.testkit;

import java.io.IOException;
import java.util.List;

/// A fixture for a destination that speaks HTTP: a [ScriptedServer] brings the script, the faults
/// and the counts; what remains is the destination's own way to answer and what it holds.
public abstract class HttpSinkFixture implements SinkFixture, ScriptedServer.Protocol {
  private final ScriptedServer server;

  /// Starts the server.
  @SuppressWarnings("this-escape") // nobody knows the address before the fixture is complete
  protected HttpSinkFixture() throws IOException {
    server = new ScriptedServer(this);
  }

  /// Lines that the destination holds now; never called while a request is judged.
  protected abstract List<String> held();

  /// Host and port of the server, which is a loopback address.
  protected final String authority() {
    return server.authority();
  }

  @Override
  public String endpoint() {
    return authority();
  }

  @Override
  public HttpResponse accept(HttpRequest request, Fault.Partial but) throws Exception {
    throw new UnsupportedOperationException("the destination takes all or nothing");
  }

  /// 429 with `Retry-After`, where a wait is named.
  @Override
  public HttpResponse refuse(HttpRequest request, Fault.Throttle why) {
    return HttpResponse.of(429, "text/plain", Fault.QUOTE).retryAfter(why.retryAfter());
  }

  /// 503.
  @Override
  public HttpResponse refuse(HttpRequest request, Fault.Unavailable why) {
    return HttpResponse.of(503, "text/plain", Fault.QUOTE);
  }

  /// 400.
  @Override
  public HttpResponse refuse(HttpRequest request, Fault.Reject why) {
    return HttpResponse.of(400, "text/plain", Fault.QUOTE);
  }

  @Override
  public final void next(Fault... answers) {
    server.next(answers);
  }

  @Override
  public final List<String> arrived() {
    // The server holds this lock while it judges a request.
    synchronized (server) {
      return List.copyOf(held());
    }
  }

  @Override
  public final int requests() {
    return server.requests();
  }

  @Override
  public final int connections() {
    return server.connections();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
