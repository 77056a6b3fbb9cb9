package dev.logshipper.platform;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// One HTTP/1.1 connection to the platform's API, plain sockets and a dozen lines of protocol: no
/// client library starts as fast, and a wait for the next event may last for hours of frozen time,
/// so there is no timeout either.
///
/// A connection that the platform closed is opened anew, once per request. Not thread-safe.
final class PlatformConnection {
  private final String authority;
  private AnswerStream in;
  private OutputStream out;
  private boolean isAnswerBegun;
  private byte[] lastRequest = new byte[0];

  /// For a connection that exists already; the others are [#open] and [#inherited].
  PlatformConnection(String authority, InputStream in, OutputStream out) {
    this.authority = authority;
    this.in = new AnswerStream(in);
    this.out = out;
  }

  /// A connection of our own.
  ///
  /// @param authority host and port, as in `AWS_LAMBDA_RUNTIME_API`
  static PlatformConnection open(String authority) throws IOException {
    Socket socket = connect(authority);
    return new PlatformConnection(authority, socket.getInputStream(), socket.getOutputStream());
  }

  /// The connection that the launcher opened and left to this process as its standard input, which
  /// is a socket and so can be written to as well.
  static PlatformConnection inherited(String authority) {
    return new PlatformConnection(
        authority, new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.in));
  }

  /// Whether the platform is a program in this very place, as emulators are and Lambda is not.
  boolean isLoopback() {
    return authority.startsWith("127.")
        || authority.startsWith("localhost:")
        || authority.startsWith("[::1]:");
  }

  /// What the platform answered.
  ///
  /// @param identifier the extension's identifier when the answer names one, else empty
  record Response(int status, String identifier, String body) {}

  /// Sends a request and waits for its answer.
  Response exchange(String method, String path, String headers, String body) throws IOException {
    send(method, path, headers, body);
    return receive();
  }

  /// Sends a request, whose answer [#receive] takes later.
  ///
  /// @param headers further header lines, each with its line end
  void send(String method, String path, String headers, String body) throws IOException {
    remember(method, path, headers, body);
    try {
      out.write(lastRequest);
    } catch (IOException _) {
      reopen();
    }
  }

  /// Makes this the request whose answer comes next, without sending it: another process did.
  void remember(String method, String path, String headers, String body) {
    byte[] content = body.getBytes(UTF_8);
    String contentHeaders =
        content.length == 0
            ? ""
            : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n";
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\n"
            + headers
            + contentHeaders
            + "\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(ISO_8859_1));
    request.writeBytes(content);
    lastRequest = request.toByteArray();
  }

  /// Waits until the answer to the last request begins to come, and takes nothing but its first
  /// byte: if this process dies before it has read the rest, another one can, and does not miss the
  /// `H` of `HTTP`.
  void awaitResponse() throws IOException {
    if (readFirstOrEnd() < 0) {
      // Closed in between: the request cannot have been answered.
      reopen();
      if (in.readFirst() < 0) {
        throw closed();
      }
    }
    isAnswerBegun = true;
  }

  /// Waits for the answer to the last request.
  Response receive() throws IOException {
    if (!isAnswerBegun) {
      awaitResponse();
    }
    isAnswerBegun = false;
    return readResponse();
  }

  private int readFirstOrEnd() {
    try {
      return in.readFirst();
    } catch (IOException _) {
      return -1;
    }
  }

  private void reopen() throws IOException {
    Socket socket = connect(authority);
    in = new AnswerStream(socket.getInputStream());
    out = socket.getOutputStream();
    out.write(lastRequest);
  }

  private static Socket connect(String authority) throws IOException {
    int colon = authority.lastIndexOf(':');
    String host = colon < 0 ? authority : authority.substring(0, colon);
    int port = colon < 0 ? 80 : Integer.parseInt(authority.substring(colon + 1));
    Socket socket = new Socket(host, port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private Response readResponse() throws IOException {
    String statusLine = readLine();
    int space = statusLine.indexOf(' ');
    int status;
    try {
      status = Integer.parseInt(statusLine.substring(space + 1, space + 4));
    } catch (NumberFormatException | StringIndexOutOfBoundsException _) {
      throw notHttp();
    }
    String identifier = "";
    int length = -1;
    boolean chunked = false;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      if (name.equalsIgnoreCase("Content-Length")) {
        length = number(value, 10);
      } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
        chunked = value.equalsIgnoreCase("chunked");
      } else if (name.equalsIgnoreCase("Lambda-Extension-Identifier")) {
        identifier = value;
      }
    }
    byte[] body = chunked ? readChunks() : readBody(length);
    return new Response(status, identifier, new String(body, UTF_8));
  }

  /// @param length -1 when the body ends with the connection
  private byte[] readBody(int length) throws IOException {
    byte[] body = length < 0 ? in.readAllBytes() : in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the platform's answer ended early");
    }
    return body;
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = chunkSize();
    while (size > 0) {
      body.writeBytes(readBody(size));
      readLine();
      size = chunkSize();
    }
    while (!readLine().isEmpty()) {
      // A trailer.
    }
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    String line = readLine();
    int extension = line.indexOf(';');
    return number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Answered below, like a negative number.
    }
    throw notHttp();
  }

  private static IOException closed() {
    return new EOFException("the platform closed the connection");
  }

  private static IOException notHttp() {
    return new IOException("the platform's answer is not HTTP");
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw closed();
      }
      if (c != '\r') {
        line.append((char) c);
      }
      c = in.read();
    }
    return line.toString();
  }

  /// Reads ahead, because lines are read byte by byte, but takes the first byte of an answer alone.
  private static final class AnswerStream extends BufferedInputStream {
    AnswerStream(InputStream in) {
      super(in);
    }

    int readFirst() throws IOException {
      return pos < count ? read() : in.read();
    }
  }
}
