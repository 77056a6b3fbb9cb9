package dev.logshipper.intake;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The head of an HTTP/1.1 request, as far as it matters: what the platform's client needs
/// (Content-Length, chunks, keep-alive, `Expect`) and no more. Where the next request begins must
/// be beyond doubt, so whatever makes it doubtful is refused (RFC 9112, sections 5 and 6).
///
/// @param contentLength bytes; [#NOT_GIVEN] when it was not given
/// @param expectsGo whether the peer waits to be told that it may send the body
record RequestHead(
    String method, long contentLength, boolean chunked, boolean keepAlive, boolean expectsGo) {
  /// No length.
  static final long NOT_GIVEN = -1;

  /// All lines of the head.
  private static final int BYTES_MAX = 16 * 1024;

  /// The next head, or null when the peer closed the connection in between requests.
  ///
  /// @throws RefusedRequestException when it is no HTTP, or too large, or ambiguous
  static @Nullable RequestHead read(PeerInput in) throws IOException {
    in.allowLineBytes(BYTES_MAX);
    String requestLine = in.readLineOrEnd();
    if (requestLine == null) {
      return null;
    }
    Reading reading = new Reading(requestLine);
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      reading.header(line);
    }
    return reading.head();
  }

  /// A number of bytes without sign or space; the largest long when it is larger than that.
  ///
  /// @param radix 10 or 16
  static long bytes(String digits, int radix) throws RefusedRequestException {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), radix);
      if (digit < 0) {
        throw badRequest();
      }
      boolean overflows = number > (Long.MAX_VALUE - digit) / radix;
      number = overflows ? Long.MAX_VALUE : number * radix + digit;
    }
    if (digits.isEmpty()) {
      throw badRequest();
    }
    return number;
  }

  private static RefusedRequestException badRequest() {
    return new RefusedRequestException(RefusedRequestException.BAD_REQUEST);
  }

  /// A head of which some lines have been read.
  private static final class Reading {
    private final String method;
    private final boolean isVersion11;
    private long contentLength = NOT_GIVEN;
    private boolean chunked;
    private boolean keepAlive;
    private boolean expectsGo;

    Reading(String requestLine) throws RefusedRequestException {
      int target = requestLine.indexOf(' ') + 1;
      int version = requestLine.indexOf(' ', target) + 1;
      if (target < 2 || version < target + 2) {
        throw badRequest();
      }
      method = requestLine.substring(0, target - 1);
      isVersion11 =
          switch (requestLine.substring(version)) {
            case "HTTP/1.1" -> true;
            case "HTTP/1.0" -> false;
            case "HTTP/2.0" -> throw new RefusedRequestException("505 HTTP Version Not Supported");
            default -> throw badRequest();
          };
      keepAlive = isVersion11;
    }

    void header(String line) throws RefusedRequestException {
      int colon = line.indexOf(':');
      // White space in a name is a folded line, or what another reader may take for a name.
      if (colon < 1 || line.lastIndexOf(' ', colon) >= 0 || line.lastIndexOf('\t', colon) >= 0) {
        throw badRequest();
      }
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1).strip();
      if (name.equalsIgnoreCase("Content-Length")) {
        contentLength(bytes(value, 10));
      } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
        transferEncoding(value);
      } else if (name.equalsIgnoreCase("Connection")) {
        keepAlive =
            keepAlive ? !value.equalsIgnoreCase("close") : value.equalsIgnoreCase("keep-alive");
      } else if (name.equalsIgnoreCase("Expect")) {
        expectsGo = value.equalsIgnoreCase("100-continue");
      }
    }

    private void contentLength(long bytes) throws RefusedRequestException {
      if (contentLength != NOT_GIVEN && contentLength != bytes) {
        throw badRequest();
      }
      contentLength = bytes;
    }

    private void transferEncoding(String value) throws RefusedRequestException {
      if (chunked || !isVersion11) {
        throw badRequest();
      }
      if (!value.equalsIgnoreCase("chunked")) {
        throw new RefusedRequestException("501 Not Implemented");
      }
      chunked = true;
    }

    RequestHead head() throws RefusedRequestException {
      if (chunked && contentLength != NOT_GIVEN) {
        throw badRequest();
      }
      return new RequestHead(method, contentLength, chunked, keepAlive, expectsGo);
    }
  }
}
