package dev.logshipper.sandbox.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads HTTP/1.1 requests from a connection, strictly: bad framing is rejected. One after the
/// other, so pipelined requests are handled in order. For use by the connection's own thread.
public final class RequestReader {
  /// Larger heads are rejected.
  public static final int HEAD_BYTES_MAX = 64 * 1024;

  /// A request that is not HTTP/1.1, or too large.
  public static final class RejectedException extends IOException {
    private final int status;

    RejectedException(int status, String message) {
      super(message);
      this.status = status;
    }

    /// The status to respond with.
    public int status() {
      return status;
    }
  }

  private final InputStream in;
  private final OutputStream out;
  private final int bodyBytesMax;
  private int headBytesLeft;

  /// @param out where to send `100 Continue`
  /// @param bodyBytesMax larger bodies are rejected
  public RequestReader(InputStream in, OutputStream out, int bodyBytesMax) {
    this.in = new BufferedInputStream(in);
    this.out = out;
    this.bodyBytesMax = bodyBytesMax;
  }

  /// The next head, or empty when the sender closed the connection between two requests.
  public Optional<RequestHead> readHead() throws IOException {
    headBytesLeft = HEAD_BYTES_MAX;
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    String requestLine = (char) first + readLine();
    String[] parts = requestLine.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new RejectedException(400, "not an HTTP/1 request line: " + requestLine);
    }
    return Optional.of(new RequestHead(parts[0], parts[1], parts[2], readHeaders()));
  }

  /// The body that belongs to this head, without the framing of chunks.
  public byte[] readBody(RequestHead head) throws IOException {
    if (head.expectsContinue()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII));
    }
    Optional<String> encoding = head.header("Transfer-Encoding");
    Optional<String> length = head.header("Content-Length");
    if (encoding.isEmpty()) {
      return readExactly(length.isEmpty() ? 0 : parseSize(length.get(), 10));
    }
    if (length.isPresent() || !encoding.get().equalsIgnoreCase("chunked")) {
      throw new RejectedException(400, "unknown framing: Transfer-Encoding " + encoding.get());
    }
    return readChunks();
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      headBytesLeft = HEAD_BYTES_MAX;
      int size = parseSize(readLine().split(";", 2)[0].strip(), 16);
      if (size == 0) {
        readHeaders();
        return body.toByteArray();
      }
      if (size > bodyBytesMax - body.size()) {
        throw new RejectedException(413, "body over " + bodyBytesMax + " bytes");
      }
      body.write(readExactly(size));
      if (readHeadByte() != '\r' || readHeadByte() != '\n') {
        throw new RejectedException(400, "chunk longer than its size");
      }
    }
  }

  private Map<String, String> readHeaders() throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new RejectedException(400, "not a header: " + line);
      }
      String value = line.substring(colon + 1).strip();
      headers.merge(line.substring(0, colon), value, (old, more) -> old + ", " + more);
    }
    return headers;
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = readHeadByte(); octet != '\r'; octet = readHeadByte()) {
      line.write(octet);
    }
    if (readHeadByte() != '\n') {
      throw new RejectedException(400, "CR without LF");
    }
    return line.toString(ISO_8859_1);
  }

  private int readHeadByte() throws IOException {
    if (headBytesLeft-- == 0) {
      throw new RejectedException(431, "head over " + HEAD_BYTES_MAX + " bytes");
    }
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("connection closed inside a request");
    }
    return octet;
  }

  private byte[] readExactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("connection closed inside a body");
    }
    return bytes;
  }

  private int parseSize(String digits, int radix) throws RejectedException {
    long size;
    try {
      size = Long.parseUnsignedLong(digits, radix);
    } catch (NumberFormatException _) {
      throw new RejectedException(400, "not a size: " + digits);
    }
    if (size < 0 || size > bodyBytesMax) {
      throw new RejectedException(413, "body over " + bodyBytesMax + " bytes");
    }
    return (int) size;
  }
}
