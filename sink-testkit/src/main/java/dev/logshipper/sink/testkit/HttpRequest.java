package dev.logshipper.sink.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A request as a [ScriptedServer] received it. Immutable as long as nobody writes to the body.
public final class HttpRequest {
  private static final int HEAD_BYTES_MAX = 64 * 1024;

  private final String method;
  private final String target;
  private final Map<String, String> headers;
  private final byte[] body;

  private HttpRequest(String method, String target, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
  }

  /// `GET`, `POST` and so on.
  public String method() {
    return method;
  }

  /// Path and query, as they came.
  public String target() {
    return target;
  }

  /// All headers, by name in lower case.
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  /// A header, or the empty text; the name in lower case. Of several with one name, the last.
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// The body as it came, without the marks of chunks.
  public byte[] body() {
    return body;
  }

  /// The body as text, decompressed when its `Content-Encoding` is `gzip`.
  public String text() throws IOException {
    if (!header("content-encoding").equals("gzip")) {
      return new String(body, UTF_8);
    }
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(plain.readAllBytes(), UTF_8);
    }
  }

  /// The next request of a connection, or null when its other end closed it. Says that it goes on
  /// to whoever waits for that before a body.
  static @Nullable HttpRequest read(InputStream in, OutputStream out) throws IOException {
    String start = line(in);
    if (start.isEmpty()) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          header.substring(colon + 1).strip());
    }
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();
    }
    int space = start.indexOf(' ');
    return new HttpRequest(
        start.substring(0, space),
        start.substring(space + 1, start.lastIndexOf(' ')),
        headers,
        body(in, headers));
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the body ends early");
    }
    return body;
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      int semicolon = size.indexOf(';');
      int length = Integer.parseInt(semicolon < 0 ? size : size.substring(0, semicolon), 16);
      if (length == 0) {
        while (!line(in).isEmpty()) {
          // Trailers.
        }
        return body.toByteArray();
      }
      body.write(in.readNBytes(length));
      line(in);
    }
  }

  /// A line without its end; empty at the end of the stream.
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (line.length() == HEAD_BYTES_MAX) {
        throw new IOException("no HTTP");
      }
      line.append((char) b);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }
}
