package dev.logshipper.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.http1.BodyStream;
import dev.logshipper.http1.HeadWriter;
import dev.logshipper.http1.HttpInput;
import dev.logshipper.http1.MessageHead;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// One HTTP/1.1 connection to the platform's API, on a plain socket: no client library starts as
/// fast. There is no timeout, because waiting for the next event may take hours of frozen time.
///
/// A connection that the platform closed is reopened, once per request. Not thread-safe.
final class PlatformConnection {
  private static final int HEAD_BYTES_MAX = 64 * 1024;
  private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

  private final String authority;
  private HttpInput in;
  private OutputStream out;
  private byte[] lastRequest = new byte[0];

  /// For a connection that exists already; see also [#open] and [#inherited].
  PlatformConnection(String authority, InputStream in, OutputStream out) {
    this.authority = authority;
    this.in = new HttpInput(in);
    this.out = out;
  }

  /// Opens a connection.
  ///
  /// @param authority host and port, as in `AWS_LAMBDA_RUNTIME_API`
  static PlatformConnection open(String authority) throws IOException {
    Socket socket = connect(authority);
    return new PlatformConnection(authority, socket.getInputStream(), socket.getOutputStream());
  }

  /// The connection that the launcher opened and passed to this process as its standard output,
  /// which is a socket and therefore readable, too. Standard input is the listening socket, because
  /// the JDK takes one only from there.
  static PlatformConnection inherited(String authority) {
    return new PlatformConnection(
        authority,
        new FileInputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.out));
  }

  /// Whether the platform is on loopback, as emulators are and Lambda is not.
  boolean isLoopback() {
    return authority.startsWith("127.")
        || authority.startsWith("localhost:")
        || authority.startsWith("[::1]:");
  }

  /// The platform's response.
  ///
  /// @param identifier the extension's identifier when the response names one, else empty
  record Response(int status, String identifier, String body) {}

  /// Sends a request and waits for the response.
  ///
  /// @param headers name, value, name, value
  Response exchange(String method, String path, String body, String... headers) throws IOException {
    send(method, path, body, headers);
    return receive();
  }

  /// Sends a request; [#receive] reads the response.
  ///
  /// @param headers name, value, name, value
  void send(String method, String path, String body, String... headers) throws IOException {
    remember(method, path, body, headers);
    try {
      out.write(lastRequest);
    } catch (IOException _) {
      reopen();
    }
  }

  /// Expects the response to this request next, without sending it: another process did.
  void remember(String method, String path, String body, String... headers) throws IOException {
    HeadWriter head = new HeadWriter(method + " " + path + " HTTP/1.1").field("Host", authority);
    for (int i = 0; i < headers.length; i += 2) {
      head.field(headers[i], headers[i + 1]);
    }
    byte[] content = body.getBytes(UTF_8);
    if (content.length > 0) {
      head.field("Content-Type", "application/json");
      head.field("Content-Length", Integer.toString(content.length));
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.bytes());
    request.writeBytes(content);
    lastRequest = request.toByteArray();
  }

  /// Waits until the response to the last request begins to arrive, and reads no more than its
  /// first byte. If this process dies before it has read the others, its successor can, and does
  /// not miss the `H` of `HTTP`.
  void awaitResponse() throws IOException {
    if (!begins()) {
      // Closed in between: the request cannot have been answered.
      reopen();
      if (!in.awaitByte()) {
        throw new EOFException("the platform closed the connection");
      }
    }
  }

  /// Waits for the response to the last request.
  Response receive() throws IOException {
    awaitResponse();
    MessageHead head = MessageHead.readResponse(in, HEAD_BYTES_MAX);
    byte[] body = BodyStream.ofResponse(in, head, BODY_BYTES_MAX).readNBytes(BODY_BYTES_MAX);
    String identifier = head.field("Lambda-Extension-Identifier");
    return new Response(
        head.status(), identifier == null ? "" : identifier, new String(body, UTF_8));
  }

  private boolean begins() {
    try {
      return in.awaitByte();
    } catch (IOException _) {
      return false;
    }
  }

  private void reopen() throws IOException {
    Socket socket = connect(authority);
    in = new HttpInput(socket.getInputStream());
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
}
