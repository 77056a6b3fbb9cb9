package dev.logshipper.sink.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.http1.MessageHead;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A complete response.
public final class Http1Response {
  private final MessageHead head;
  private final byte[] body;
  private final long receivedMillis;

  /// @param receivedMillis wall clock
  Http1Response(MessageHead head, byte[] body, long receivedMillis) {
    this.head = head;
    this.body = body;
    this.receivedMillis = receivedMillis;
  }

  /// The status code.
  public int status() {
    return head.status();
  }

  /// The first value of a header field, whatever its case; null when there is none.
  public @Nullable String header(String name) {
    return head.field(name);
  }

  /// All header fields: name, value, name, value.
  public List<String> headers() {
    return head.fields();
  }

  /// The body; not a copy.
  public byte[] body() {
    return body;
  }

  /// The body as UTF-8. It may quote what was sent, so it must not appear in messages (rule S15).
  public String text() {
    return new String(body, UTF_8);
  }

  /// The wait that the server requests by `Retry-After`; zero when there is none.
  public Duration retryAfter() {
    return RetryAfter.parse(header("Retry-After"), receivedMillis);
  }

  /// The status only: the rest may contain secrets.
  @Override
  public String toString() {
    return "response " + status();
  }
}
