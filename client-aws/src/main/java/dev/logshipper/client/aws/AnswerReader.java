package dev.logshipper.client.aws;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Reads one answer of HTTP/1.1, whole, so that nothing is left to read on a connection that may be
/// kept: a body with a length, in chunks, or up to the end of the connection (RFC 9112). Bounded in
/// every direction.
final class AnswerReader {
  private static final int LINE_BYTES_MAX = 16 * 1024;
  private static final int HEADERS_MAX = 100;

  /// An answer of Firehose to 500 records has some 100 kB.
  private static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

  private static final String TOO_LONG = "too long an answer";

  private final InputStream in;
  private boolean begun;
  private boolean keepsAlive;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  HttpExecuteResponse read(SdkHttpMethod method) throws IOException {
    SdkHttpResponse.Builder answer = readHead();
    while (answer.statusCode() / 100 == 1) {
      answer = readHead();
    }
    boolean empty =
        method == SdkHttpMethod.HEAD || answer.statusCode() == 204 || answer.statusCode() == 304;
    byte[] body = empty ? new byte[0] : readBody(answer);
    return HttpExecuteResponse.builder()
        .response(answer.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  /// Whether a byte of it has come.
  boolean hasBegun() {
    return begun;
  }

  /// Whether the server takes another request on this connection.
  boolean keepsAlive() {
    return keepsAlive;
  }

  /// The status line is `HTTP/1.1 200 OK`, its last part optional.
  private SdkHttpResponse.Builder readHead() throws IOException {
    String status = readLine();
    if (!status.startsWith("HTTP/1.") || status.length() < 12 || status.charAt(8) != ' ') {
      throw new ProtocolException("no status line");
    }
    SdkHttpResponse.Builder answer =
        SdkHttpResponse.builder().statusCode((int) number(status.substring(9, 12), 10));
    keepsAlive = status.startsWith("HTTP/1.1");
    int headers = 0;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon < 1 || ++headers > HEADERS_MAX) {
        throw new ProtocolException("no header");
      }
      answer.appendHeader(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    if (hasToken(answer, "Connection", "close")) {
      keepsAlive = false;
    }
    return answer;
  }

  private byte[] readBody(SdkHttpResponse.Builder answer) throws IOException {
    if (hasToken(answer, "Transfer-Encoding", "chunked")) {
      return readChunks();
    }
    String length = answer.firstMatchingHeader("Content-Length").orElse(null);
    if (length != null) {
      return readExactly(number(length, 10), 0);
    }
    keepsAlive = false;
    byte[] body = in.readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      throw new ProtocolException(TOO_LONG);
    }
    return body;
  }

  /// Extensions of chunks and trailers say nothing to us.
  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = readLine();
      int semicolon = line.indexOf(';');
      long size = number((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
      if (size == 0) {
        break;
      }
      body.writeBytes(readExactly(size, body.size()));
      if (!readLine().isEmpty()) {
        throw new ProtocolException("no end of a chunk");
      }
    }
    int trailers = 0;
    while (!readLine().isEmpty()) {
      if (++trailers > HEADERS_MAX) {
        throw new ProtocolException("trailers without end");
      }
    }
    return body.toByteArray();
  }

  private byte[] readExactly(long length, int before) throws IOException {
    if (length > BODY_BYTES_MAX - before) {
      throw new ProtocolException(TOO_LONG);
    }
    byte[] part = in.readNBytes((int) length);
    if (part.length < length) {
      throw new EOFException("the answer is cut");
    }
    return part;
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException(begun ? "the answer is cut" : "no answer");
      }
      begun = true;
      if (line.length() >= LINE_BYTES_MAX) {
        throw new ProtocolException("a line without end");
      }
      line.append((char) b);
    }
    begun = true;
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  private static boolean hasToken(SdkHttpResponse.Builder answer, String header, String token) {
    for (String value : answer.matchingHeaders(header)) {
      if (value.toLowerCase(Locale.ROOT).contains(token)) {
        return true;
      }
    }
    return false;
  }

  private static long number(String text, int radix) throws IOException {
    try {
      long number = Long.parseLong(text, radix);
      if (number >= 0 && text.charAt(0) != '+') {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below, as for a number with a sign.
    }
    throw new ProtocolException("no number");
  }
}
