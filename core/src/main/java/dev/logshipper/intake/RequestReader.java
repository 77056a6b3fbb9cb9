package dev.logshipper.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads HTTP/1.1 requests from one connection, bounded in every direction. It knows what the
/// platform's client needs (Content-Length, chunks, keep-alive, `Expect`) and no more.
///
/// There are no timeouts: after a freeze any of them would hit a healthy delivery. Who trickles is
/// evicted by [LogsListener] when others need the connection.
///
/// Not thread-safe. The body's buffer grows to what is needed and is then used again.
final class RequestReader {
  private static final int HEAD_BYTES_MAX = 16 * 1024;
  private static final int USUAL_BODY_BYTES_MAX = 1024 * 1024;
  private static final int FIRST_BODY_BYTES = 64 * 1024;

  /// The platform's bodies end far below this; reading on takes a too large one out of the way,
  /// since any answer but 200 would bring it back again and again.
  private static final long ANNOUNCED_BYTES_MAX = 64L * 1024 * 1024;

  private final InputStream in;
  private final int bodyBytesMax;
  private final byte[] chunk = new byte[8 * 1024];
  private int chunkAt;
  private int chunkEnd;
  private int headBytesLeft;
  private byte[] body = new byte[FIRST_BODY_BYTES];
  private int bodyBytes;
  private long bodyBytesRead;

  RequestReader(InputStream in, int bodyBytesMax) {
    this.in = in;
    this.bodyBytesMax = bodyBytesMax;
  }

  /// A request's head, as far as it matters.
  ///
  /// @param contentLength -1 when it was not given
  record Head(
      String method, long contentLength, boolean chunked, boolean keepAlive, boolean expectsGo) {}

  /// The next head, or null when the peer closed the connection in between requests.
  ///
  /// @throws MalformedRequestException when it is no HTTP, or too large
  @Nullable Head readHead() throws IOException {
    headBytesLeft = HEAD_BYTES_MAX;
    String requestLine = readLine();
    if (requestLine == null) {
      return null;
    }
    int space = requestLine.indexOf(' ');
    if (space < 1 || !requestLine.contains(" HTTP/1.")) {
      throw new MalformedRequestException("400 Bad Request");
    }
    boolean keepAlive = requestLine.endsWith("1.1");
    boolean chunked = false;
    boolean expectsGo = false;
    long contentLength = -1;
    for (String line = header(); !line.isEmpty(); line = header()) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      if (name.equalsIgnoreCase("Content-Length")) {
        contentLength = number(value, 10);
      } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
        chunked = value.equalsIgnoreCase("chunked");
      } else if (name.equalsIgnoreCase("Connection")) {
        keepAlive =
            keepAlive ? !value.equalsIgnoreCase("close") : value.equalsIgnoreCase("keep-alive");
      } else if (name.equalsIgnoreCase("Expect")) {
        expectsGo = value.equalsIgnoreCase("100-continue");
      }
    }
    String method = requestLine.substring(0, space);
    return new Head(method, contentLength, chunked, keepAlive, expectsGo);
  }

  /// Reads the body that belongs to a head into [#body], as far as it comes and there is room for
  /// it.
  ///
  /// @return whether the connection can carry another request; not so when the body ended too early
  boolean readBody(Head head) throws IOException {
    bodyBytes = 0;
    bodyBytesRead = 0;
    try {
      if (head.chunked()) {
        readChunks();
      } else {
        readFully(Math.max(0, head.contentLength()));
      }
      return true;
    } catch (EOFException _) {
      return false;
    }
  }

  /// Holds the last body from index 0; overwritten by the next.
  byte[] body() {
    return body;
  }

  /// Length of the last body.
  int bodyBytes() {
    return bodyBytes;
  }

  private void readChunks() throws IOException {
    while (true) {
      headBytesLeft = HEAD_BYTES_MAX;
      String line = header();
      int semicolon = line.indexOf(';');
      long size = number((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
      if (size == 0) {
        while (!header().isEmpty()) {}
        return;
      }
      readFully(size);
      header();
    }
  }

  private void readFully(long bytes) throws IOException {
    if (bytes > ANNOUNCED_BYTES_MAX - bodyBytesRead) {
      throw new MalformedRequestException("413 Content Too Large");
    }
    long left = bytes;
    while (left > 0) {
      if (chunkAt == chunkEnd && !fill()) {
        throw new EOFException();
      }
      int count = (int) Math.min(left, chunkEnd - chunkAt);
      keep(Math.min(count, bodyBytesMax - bodyBytes));
      chunkAt += count;
      left -= count;
    }
    bodyBytesRead += bytes;
  }

  /// Adds bytes from the chunk to the body, which grows by what has arrived, never by what was
  /// announced.
  private void keep(int count) {
    if (bodyBytes + count > body.length) {
      int wanted = Math.max(body.length * 2, bodyBytes + count);
      body = Arrays.copyOf(body, Math.min(bodyBytesMax, wanted));
    }
    System.arraycopy(chunk, chunkAt, body, bodyBytes, count);
    bodyBytes += count;
  }

  /// Lets go of an unusually large buffer; call when the request has been handled.
  void trim() {
    if (body.length > USUAL_BODY_BYTES_MAX) {
      body = new byte[FIRST_BODY_BYTES];
    }
  }

  private String header() throws IOException {
    String line = readLine();
    if (line == null) {
      throw new EOFException();
    }
    return line;
  }

  /// A line without its end, or null when the connection ended before it began.
  private @Nullable String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (chunkAt == chunkEnd && !fill()) {
        if (line.isEmpty()) {
          return null;
        }
        throw new EOFException();
      }
      char c = (char) (chunk[chunkAt++] & 0xff);
      if (--headBytesLeft < 0) {
        throw new MalformedRequestException("431 Request Header Fields Too Large");
      }
      if (c == '\n') {
        return line.toString();
      }
      if (c != '\r') {
        line.append(c);
      }
    }
  }

  private boolean fill() throws IOException {
    chunkAt = 0;
    chunkEnd = Math.max(0, in.read(chunk));
    return chunkEnd > 0;
  }

  private static long number(String text, int radix) throws MalformedRequestException {
    try {
      long number = Long.parseLong(text, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Answered below, like a negative number.
    }
    throw new MalformedRequestException("400 Bad Request");
  }
}
