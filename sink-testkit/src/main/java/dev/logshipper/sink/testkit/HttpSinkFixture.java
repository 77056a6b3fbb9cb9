package dev.logshipper.sink.testkit;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/// A fixture for a destination that speaks HTTP. It runs an [HttpDestination], injects the faults
/// and counts requests and connections; a subclass supplies the destination's own responses and the
/// lines that it holds. Methods of the subclass are called under this object's lock.
public abstract class HttpSinkFixture implements SinkFixture {
  private static final String PROBE = "/connection-probe";

  /// Fast enough that no timeout between two bytes ever expires.
  private static final int TRICKLE_BYTES_PER_SECOND = 50;

  private static final int TRICKLE_BYTES = 60_000;

  private final HttpDestination server;
  private final Queue<Fault> script = new ArrayDeque<>();
  private final Set<Integer> usedConnections = new HashSet<>();
  private final Set<Integer> closedConnections = new HashSet<>();
  private final List<Throwable> defects = new ArrayList<>();
  private int requests;
  private int probes;

  /// Starts the server.
  @SuppressWarnings("this-escape") // the address is unknown before the fixture is complete
  protected HttpSinkFixture() throws IOException {
    this(HttpDestination.start());
  }

  /// Takes over a server, for example one with TLS.
  @SuppressWarnings("this-escape") // the address is unknown before the fixture is complete
  protected HttpSinkFixture(HttpDestination server) throws IOException {
    this.server = server;
    server.respond(ScriptedResponse.computed(this::respond));
  }

  /// Stores the content of a valid request and acknowledges it.
  protected abstract ScriptedResponse.Http accept(ReceivedRequest request) throws Exception;

  /// Stores the records of a valid request except some, and reports those. Called only with a
  /// `PARTIAL_` trait.
  protected ScriptedResponse.Http acceptPartially(ReceivedRequest request, Fault.Partial partial)
      throws Exception {
    throw new UnsupportedOperationException("the destination accepts all or nothing");
  }

  /// Returns the response for [Fault.Throttle]: by default 429, with `Retry-After` unless zero.
  protected ScriptedResponse.Http throttle(Duration retryAfter) {
    return withRetryAfter(ScriptedResponse.status(429).body(Fault.QUOTE), retryAfter);
  }

  /// Returns the response for [Fault.Unavailable]: by default 503.
  protected ScriptedResponse.Http unavailable() {
    return ScriptedResponse.status(503).body(Fault.QUOTE);
  }

  /// Returns the response for [Fault.Reject]: by default 400.
  protected ScriptedResponse.Http reject() {
    return ScriptedResponse.status(400).body(Fault.QUOTE);
  }

  /// Returns the lines that the destination holds now, as for [#arrived()].
  protected abstract List<String> held();

  /// Returns host and port of the server, which listens on loopback.
  protected final String authority() {
    return "127.0.0.1:" + server.port();
  }

  /// Returns the certificate that a client has to trust; only with TLS.
  protected final String certificatePem() {
    return server.certificatePem();
  }

  /// Returns a response with `Retry-After`, unless the wait is zero.
  protected static ScriptedResponse.Http withRetryAfter(
      ScriptedResponse.Http response, Duration wait) {
    return wait.isZero() ? response : response.retryAfterSeconds(wait.toSeconds());
  }

  @Override
  public String endpoint() {
    return authority();
  }

  @Override
  public final synchronized void next(Fault... faults) {
    script.clear();
    for (Fault fault : faults) {
      if (fault instanceof Fault.ClosedConnection) {
        closedConnections.addAll(usedConnections);
        server.closeConnections();
      } else {
        script.add(fault);
      }
    }
  }

  @Override
  public final synchronized List<String> arrived() {
    return List.copyOf(held());
  }

  @Override
  public final synchronized int requests() {
    return requests;
  }

  /// {@inheritDoc}
  ///
  /// Connections are accepted in order, so a probe that was served proves that all earlier ones
  /// were counted.
  @Override
  public final int connections() {
    try (Socket probe = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
      String request = "GET " + PROBE + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      probe.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = probe.getInputStream();
      in.transferTo(OutputStream.nullOutputStream());
      return server.connections() - ++probes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops the server.
  ///
  /// @throws AssertionError when the subclass failed to handle a request
  @Override
  public void close() throws IOException {
    server.close();
    for (Throwable defect : defects) {
      throw new AssertionError("the fixture failed to handle a request", defect);
    }
  }

  private synchronized ScriptedResponse respond(ReceivedRequest request) {
    if (request.path().equals(PROBE)) {
      return ScriptedResponse.closeAfter();
    }
    if (closedConnections.contains(request.connectionId())) {
      // Its thread may still read a request while the socket is being closed.
      return ScriptedResponse.resetAfterBody();
    }
    requests++;
    Fault fault = nextFault(!usedConnections.add(request.connectionId()));
    try {
      return respond(request, fault);
    } catch (Exception | AssertionError e) {
      defects.add(e);
      return ScriptedResponse.resetAfterBody();
    }
  }

  private Fault nextFault(boolean connectionUsed) {
    Fault fault = script.poll();
    if (fault instanceof Fault.DeadConnection && !connectionUsed) {
      fault = script.poll();
    }
    return fault == null ? Faults.NONE : fault;
  }

  private ScriptedResponse respond(ReceivedRequest request, Fault fault) throws Exception {
    return switch (fault) {
      case Fault.None _ -> accept(request);
      case Fault.Partial partial -> acceptPartially(request, partial);
      case Fault.Throttle(Duration retryAfter) -> throttle(retryAfter);
      case Fault.Unavailable _ -> unavailable();
      case Fault.Reject _ -> reject();
      case Fault.Hang _ -> ScriptedResponse.hang();
      case Fault.Trickle _ -> trickle();
      case Fault.Disconnect _ -> {
        ScriptedResponse _ = accept(request);
        yield ScriptedResponse.resetAfterBody();
      }
      case Fault.DeadConnection _ -> ScriptedResponse.resetAfterBody();
      case Fault.ClosedConnection _ -> throw new IllegalArgumentException("answers no request");
    };
  }

  private static ScriptedResponse trickle() {
    return ScriptedResponse.trickle(TRICKLE_BYTES_PER_SECOND)
        .header("X-Trickle", "x".repeat(TRICKLE_BYTES));
  }
}
