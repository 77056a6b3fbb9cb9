package dev.logshipper.sink.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a [ScriptedServer] answers.
///
/// @param headers besides `Content-Length`
public record HttpResponse(int status, Map<String, String> headers, String body) {
  public HttpResponse {
    headers = Map.copyOf(headers);
  }

  /// A reply without a body.
  public static HttpResponse of(int status) {
    return new HttpResponse(status, Map.of(), "");
  }

  /// A reply with a body.
  public static HttpResponse of(int status, String contentType, String body) {
    return new HttpResponse(status, Map.of("Content-Type", contentType), body);
  }

  /// This with one more header.
  public HttpResponse with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpResponse(status, more, body);
  }

  /// This with `Retry-After`, unless the wait is zero: no wait is named then.
  public HttpResponse retryAfter(Duration wait) {
    return wait.isZero() ? this : with("Retry-After", Long.toString(wait.toSeconds()));
  }

  void writeTo(OutputStream out) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Some Reason\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (status != 204 && status != 304) {
      head.append("Content-Length: " + bytes.length + "\r\n");
    }
    out.write((head + "\r\n").getBytes(ISO_8859_1));
    out.write(bytes);
    out.flush();
  }
}
