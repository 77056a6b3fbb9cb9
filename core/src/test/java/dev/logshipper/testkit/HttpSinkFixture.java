package dev.logshipper.testkit;

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
  public HttpReply accept(HttpRequest request, Answer.Partial but) throws Exception {
    throw new UnsupportedOperationException("the destination takes all or nothing");
  }

  /// 429 with `Retry-After`, where a wait is named.
  @Override
  public HttpReply refuse(HttpRequest request, Answer.Throttle why) {
    return HttpReply.of(429, "text/plain", Answer.QUOTE).retryAfter(why.retryAfter());
  }

  /// 503.
  @Override
  public HttpReply refuse(HttpRequest request, Answer.Unavailable why) {
    return HttpReply.of(503, "text/plain", Answer.QUOTE);
  }

  /// 400.
  @Override
  public HttpReply refuse(HttpRequest request, Answer.Reject why) {
    return HttpReply.of(400, "text/plain", Answer.QUOTE);
  }

  @Override
  public final void next(Answer... answers) {
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
