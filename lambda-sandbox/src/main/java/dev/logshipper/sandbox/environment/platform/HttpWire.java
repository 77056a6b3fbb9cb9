package dev.logshipper.sandbox.environment.platform;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 on one connection: requests are read one after the other, so pipelined ones are
/// answered in order.
final class HttpWire {

  private static final int LINE_BYTES_MAX = 16 * 1024;
  private static final int BODY_BYTES_MAX = 8 * 1024 * 1024;

  private final InputStream in;
  private final OutputStream out;

  HttpWire(InputStream in, OutputStream out) {
    this.in = new BufferedInputStream(in);
    this.out = out;
  }

  /// The next request; null at the end of the connection.
  @Nullable HttpRequest read() throws IOException {
    String requestLine = readLine();
    if (requestLine == null || requestLine.isEmpty()) {
      return null;
    }
    String[] parts = requestLine.split(" ", 3);
    if (parts.length != 3) {
      throw new IOException("Not a request line: " + requestLine);
    }
    Map<String, String> headers = readHeaders();
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return new HttpRequest(parts[0], parts[1], headers, readBody(headers));
  }

  /// Writes a reply with one write, so that no delayed acknowledgement holds up half of it.
  void write(HttpReply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(reply.status()).append(' ').append(reason(reply.status()));
    head.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(body.length);
    reply.headers().forEach((name, value) -> head.append("\r\n" + name + ": " + value));
    byte[] start = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    out.write(all);
    out.flush();
  }

  private Map<String, String> readHeaders() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine(); line != null && !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("Not a header: " + line);
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private String readBody(Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return readChunks();
    }
    String length = headers.getOrDefault("content-length", "0");
    return new String(readBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }

  private String readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String sizeLine = readLine();
      if (sizeLine == null) {
        throw new EOFException("Connection closed inside a chunked body");
      }
      int size = Integer.parseInt(sizeLine.split(";", 2)[0].strip(), 16);
      if (size == 0) {
        var _ = readHeaders();
        return body.toString(StandardCharsets.UTF_8);
      }
      body.writeBytes(readBytes(size));
      String _ = readLine();
    }
  }

  private byte[] readBytes(int length) throws IOException {
    if (length > BODY_BYTES_MAX) {
      throw new IOException("Body of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("Connection closed inside a body");
    }
    return body;
  }

  private @Nullable String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.length() >= LINE_BYTES_MAX) {
        throw new IOException("Line of more than " + LINE_BYTES_MAX + " bytes");
      }
      line.append((char) next);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 202 -> "Accepted";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      default -> "Internal Server Error";
    };
  }
}
