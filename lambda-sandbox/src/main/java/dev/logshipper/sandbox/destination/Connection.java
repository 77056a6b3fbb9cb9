package dev.logshipper.sandbox.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.http.RequestHead;
import dev.logshipper.sandbox.http.RequestReader;
import dev.logshipper.sandbox.http.ResponseEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// One accepted connection: reads a request, executes the next [ScriptedResponse], and repeats
/// until either side ends it. Runs on its own thread.
final class Connection {
  static final int BODY_BYTES_MAX = 64 * 1024 * 1024;

  private static final byte[] NOTHING = {};
  private static final int TRICKLES_PER_SECOND = 20;

  private final int id;
  private final Socket raw;
  private final OutputStream out;
  private final RequestReader reader;
  private final Supplier<ScriptedResponse> script;
  private final ReceivedRequests received;
  private final Supplier<CountDownLatch> gate;

  /// @param raw the socket to reset
  /// @param stream the same connection as seen by HTTP: `raw` itself or TLS over it
  /// @param gate supplies the latch that requests hang at now
  Connection(
      int id,
      Socket raw,
      Socket stream,
      ByteCounter bytes,
      Supplier<ScriptedResponse> script,
      ReceivedRequests received,
      Supplier<CountDownLatch> gate)
      throws IOException {
    this.id = id;
    this.raw = raw;
    this.out = stream.getOutputStream();
    this.reader = new RequestReader(bytes.counting(stream.getInputStream()), out, BODY_BYTES_MAX);
    this.script = script;
    this.received = received;
    this.gate = gate;
  }

  /// Serves until the connection ends.
  void serve() throws IOException, InterruptedException {
    try {
      boolean open = true;
      while (open) {
        Optional<RequestHead> head = reader.readHead();
        open = head.isPresent() && exchange(head.get());
      }
    } catch (RequestReader.RejectedException e) {
      ScriptedResponse.Http rejection =
          ScriptedResponse.status(e.status()).body(e.getMessage() + "\n");
      out.write(encode(rejection.header("Connection", "close"), false));
    }
  }

  /// Handles one request; false when the connection cannot carry another.
  private boolean exchange(RequestHead head) throws IOException, InterruptedException {
    long receivedNanos = System.nanoTime();
    ScriptedResponse response = script.get();
    if (response instanceof ScriptedResponse.Reset(boolean afterBody) && !afterBody) {
      received.add(request(head, NOTHING, receivedNanos, false, response));
      return reset();
    }
    byte[] body;
    try {
      body = reader.readBody(head);
    } catch (IOException e) {
      received.add(request(head, NOTHING, receivedNanos, false, response));
      throw e;
    }
    ReceivedRequest request = decided(request(head, body, receivedNanos, true, response));
    // Read before the request is recorded: a test that sees it there can release it.
    CountDownLatch release = gate.get();
    ReceivedRequests.Entry entry = received.add(request);
    return switch (request.response()) {
      case ScriptedResponse.Http scripted -> respond(head, entry, scripted);
      case ScriptedResponse.Reset _ -> reset();
      case ScriptedResponse.Hang _ -> {
        release.await();
        yield respond(head, entry, ScriptedResponse.ok());
      }
      case ScriptedResponse.Raw(String text) -> {
        out.write(text.getBytes(UTF_8));
        yield false;
      }
      case ScriptedResponse.Computed _ -> throw new IllegalStateException("an uncomputed response");
    };
  }

  private ReceivedRequest request(
      RequestHead head,
      byte[] body,
      long receivedNanos,
      boolean complete,
      ScriptedResponse response) {
    return new ReceivedRequest(head, body, id, receivedNanos, complete, response, 0);
  }

  private static ReceivedRequest decided(ReceivedRequest request) {
    ReceivedRequest decided = request;
    while (decided.response() instanceof ScriptedResponse.Computed(var function)) {
      decided = decided.with(function.apply(decided));
    }
    return decided;
  }

  private boolean respond(
      RequestHead head, ReceivedRequests.Entry entry, ScriptedResponse.Http scripted)
      throws IOException, InterruptedException {
    Thread.sleep(scripted.delay());
    byte[] response = encode(scripted, head.method().equals("HEAD"));
    int last = response.length - 1;
    write(response, last, scripted.bytesPerSecond());
    // Recorded before the last byte: a sender that has read the whole response finds it in the
    // record.
    received.responded(entry);
    out.write(response, last, 1);
    return head.keepsConnection() && !scripted.closes();
  }

  private void write(byte[] response, int length, int bytesPerSecond)
      throws IOException, InterruptedException {
    if (bytesPerSecond == 0) {
      out.write(response, 0, length);
      return;
    }
    int piece = Math.max(1, bytesPerSecond / TRICKLES_PER_SECOND);
    for (int start = 0; start < length; start += piece) {
      int size = Math.min(piece, length - start);
      out.write(response, start, size);
      Thread.sleep(1000L * size / bytesPerSecond);
    }
  }

  private boolean reset() throws IOException {
    // Linger 0 turns close into RST. On the raw socket: TLS would send close_notify first.
    raw.setSoLinger(true, 0);
    raw.close();
    return false;
  }

  private static byte[] encode(ScriptedResponse.Http scripted, boolean toHead) {
    return ResponseEncoder.encode(
        scripted.status(), scripted.headers(), scripted.body().bytes(), toHead);
  }
}
