package dev.logshipper.http1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The start line and the header fields of a request or a response. Strict about everything that
/// decides where the body ends: what two readers could read differently is rejected (RFC 9112,
/// sections 5 and 6).
public final class MessageHead {
  /// No Content-Length.
  static final long NO_LENGTH = -1;

  private final String method;
  private final int status;
  private final List<String> fields = new ArrayList<>();
  private long contentLength = NO_LENGTH;
  private boolean chunked;
  private boolean keepAlive;

  private MessageHead(boolean isVersion11, String method, int status) {
    this.keepAlive = isVersion11;
    this.method = method;
    this.status = status;
  }

  /// Reads the head of a request.
  ///
  /// @param bytesMax limit for all lines
  /// @return null when the peer closed the connection before it began
  /// @throws HttpException when it is malformed, ambiguous or too large
  public static @Nullable MessageHead readRequest(HttpInput in, int bytesMax) throws IOException {
    in.limitLines(bytesMax);
    String line = in.readLineOrEnd();
    if (line == null) {
      return null;
    }
    int target = line.indexOf(' ') + 1;
    int version = line.indexOf(' ', target) + 1;
    if (target < 2 || version < target + 2) {
      throw HttpException.malformed();
    }
    boolean isVersion11 =
        switch (line.substring(version)) {
          case "HTTP/1.1" -> true;
          case "HTTP/1.0" -> false;
          case "HTTP/2.0" -> throw new HttpException("505 HTTP Version Not Supported", "HTTP/2");
          default -> throw HttpException.malformed();
        };
    MessageHead head = new MessageHead(isVersion11, line.substring(0, target - 1), 0);
    head.readFields(in);
    if (head.chunked && (head.contentLength != NO_LENGTH || !isVersion11)) {
      throw HttpException.malformed();
    }
    return head;
  }

  /// Reads the head of a response. Its first byte may be missing: a process that died may have read
  /// it.
  ///
  /// @param bytesMax limit for all lines
  /// @throws HttpException when it is malformed or too large
  public static MessageHead readResponse(HttpInput in, int bytesMax) throws IOException {
    in.limitLines(bytesMax);
    String line = in.readLine();
    int version = line.startsWith("HTTP/1.") ? "HTTP/1.".length() : "TTP/1.".length();
    if (!line.startsWith("TTP/1.", version - "TTP/1.".length()) || line.length() < version + 5) {
      throw HttpException.malformed();
    }
    long status = number(line.substring(version + 2, version + 5), 10);
    boolean isTerminated = line.length() == version + 5 || line.charAt(version + 5) == ' ';
    if (line.charAt(version + 1) != ' ' || !isTerminated) {
      throw HttpException.malformed();
    }
    MessageHead head = new MessageHead(line.charAt(version) == '1', "", (int) status);
    head.readFields(in);
    if (head.chunked && head.contentLength != NO_LENGTH) {
      // The chunks count, but such a server may mean something else by its next response.
      head.contentLength = NO_LENGTH;
      head.keepAlive = false;
    }
    return head;
  }

  /// The method of a request; empty for a response.
  public String method() {
    return method;
  }

  /// The status code of a response; 0 for a request.
  public int status() {
    return status;
  }

  /// Whether another message may follow on the connection.
  public boolean keepAlive() {
    return keepAlive;
  }

  /// The length of the body in bytes; negative when it is not given.
  public long contentLength() {
    return contentLength;
  }

  /// The first value of a header field; null when there is none.
  public @Nullable String field(String name) {
    for (int i = 0; i < fields.size(); i += 2) {
      if (fields.get(i).equalsIgnoreCase(name)) {
        return fields.get(i + 1);
      }
    }
    return null;
  }

  /// All header fields: name, value, name, value.
  public List<String> fields() {
    return List.copyOf(fields);
  }

  /// Whether the length of the body is given, in one way or the other.
  public boolean isFramed() {
    return chunked || contentLength != NO_LENGTH;
  }

  boolean isChunked() {
    return chunked;
  }

  /// Parses digits without sign or space; numbers beyond `long` become its maximum.
  static long number(String digits, int radix) throws HttpException {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
      if (digit < 0) {
        throw HttpException.malformed();
      }
      boolean overflows = number > (Long.MAX_VALUE - digit) / radix;
      number = overflows ? Long.MAX_VALUE : number * radix + digit;
    }
    if (digits.isEmpty()) {
      throw HttpException.malformed();
    }
    return number;
  }

  private void readFields(HttpInput in) throws IOException {
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      int colon = line.indexOf(':');
      // White space before the colon is a folded line, or a name that readers disagree about.
      if (colon < 1 || line.lastIndexOf(' ', colon) >= 0 || line.lastIndexOf('\t', colon) >= 0) {
        throw HttpException.malformed();
      }
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1).strip();
      fields.add(name);
      fields.add(value);
      if (name.equalsIgnoreCase("Content-Length")) {
        setContentLength(number(value, 10));
      } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
        setTransferEncoding(value);
      } else if (name.equalsIgnoreCase("Connection")) {
        keepAlive = keepAlive ? !hasToken(value, "close") : hasToken(value, "keep-alive");
      }
    }
  }

  private void setContentLength(long bytes) throws HttpException {
    if (contentLength != NO_LENGTH && contentLength != bytes) {
      throw HttpException.malformed();
    }
    contentLength = bytes;
  }

  private void setTransferEncoding(String value) throws HttpException {
    if (chunked) {
      throw HttpException.malformed();
    }
    if (!value.equalsIgnoreCase("chunked")) {
      throw new HttpException("501 Not Implemented", "unsupported transfer encoding");
    }
    chunked = true;
  }

  private static boolean hasToken(String list, String token) {
    int from = 0;
    while (from <= list.length()) {
      int comma = list.indexOf(',', from);
      int to = comma < 0 ? list.length() : comma;
      if (list.substring(from, to).strip().equalsIgnoreCase(token)) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }
}
