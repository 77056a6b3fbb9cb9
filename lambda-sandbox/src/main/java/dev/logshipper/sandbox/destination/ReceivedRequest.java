package dev.logshipper.sandbox.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.http.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// One request received by a [Destination]. Immutable, safe for any thread.
public final class ReceivedRequest {
  private final RequestHead head;
  private final byte[] body;
  private final int connectionId;
  private final long receivedNanos;
  private final boolean complete;
  private final ScriptedResponse response;
  private final long respondedNanos;

  ReceivedRequest(
      RequestHead head,
      byte[] body,
      int connectionId,
      long receivedNanos,
      boolean complete,
      ScriptedResponse response,
      long respondedNanos) {
    this.head = head;
    this.body = body;
    this.connectionId = connectionId;
    this.receivedNanos = receivedNanos;
    this.complete = complete;
    this.response = response;
    this.respondedNanos = respondedNanos;
  }

  /// As sent, for example `POST`.
  public String method() {
    return head.method();
  }

  /// The request target as sent: path and query.
  public String path() {
    return head.path();
  }

  /// Every header; look-up ignores case, several values of one name are joined by `", "`.
  public Map<String, String> headers() {
    return head.headers();
  }

  /// One header, name in any case.
  public Optional<String> header(String name) {
    return head.header(name);
  }

  /// The body as sent, without the framing of chunks; empty unless [#isComplete()].
  public byte[] body() {
    return body.clone();
  }

  /// The body as UTF-8 after undoing `Content-Encoding: gzip`.
  ///
  /// @throws UncheckedIOException when the body does not match its encoding
  /// @throws IllegalStateException when it has another encoding
  public String bodyText() {
    String encoding = header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "identity" -> new String(body, UTF_8);
      case "gzip" -> new String(gunzip(), UTF_8);
      default -> throw new IllegalStateException("cannot decode Content-Encoding " + encoding);
    };
  }

  /// The non-empty lines of [#bodyText()]: the records of an NDJSON body.
  public List<String> lines() {
    return bodyText().lines().filter(line -> !line.isEmpty()).toList();
  }

  /// Which connection carried it: 1 for the first that was accepted, and so on.
  public int connectionId() {
    return connectionId;
  }

  /// [System#nanoTime()] when its head had been read.
  public long receivedNanos() {
    return receivedNanos;
  }

  /// Whether its body was read whole.
  public boolean isComplete() {
    return complete;
  }

  /// The response to it, sent or pending.
  public ScriptedResponse response() {
    return response;
  }

  /// Whether a response was written to its end. True before the sender can have read all of it.
  public boolean responded() {
    return respondedNanos != 0;
  }

  /// [System#nanoTime()] when a response was written to its end; 0 before.
  public long respondedNanos() {
    return respondedNanos;
  }

  /// Whether the sender got a success.
  public boolean acknowledged() {
    return responded() && !(response instanceof ScriptedResponse.Http http && !http.isSuccess());
  }

  ReceivedRequest with(ScriptedResponse other) {
    return new ReceivedRequest(
        head, body, connectionId, receivedNanos, complete, other, respondedNanos);
  }

  ReceivedRequest withResponseWritten() {
    return new ReceivedRequest(
        head, body, connectionId, receivedNanos, complete, response, System.nanoTime());
  }

  @Override
  public String toString() {
    return "%s %s, %d bytes on connection %d: %s, %s"
        .formatted(
            method(),
            path(),
            body.length,
            connectionId,
            response,
            responded() ? "responded" : complete ? "no response yet" : "incomplete");
  }

  private byte[] gunzip() {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
