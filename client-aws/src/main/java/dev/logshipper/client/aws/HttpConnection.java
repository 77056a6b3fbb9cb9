package dev.logshipper.client.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/// One connection to one server, for one request after another. Used by one thread at a time.
final class HttpConnection {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private boolean answered;
  private boolean reusable;

  private HttpConnection(Socket socket, Socket carrier) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(carrier.getInputStream(), BUFFER_BYTES);
    this.out = new BufferedOutputStream(carrier.getOutputStream(), BUFFER_BYTES);
  }

  /// Connects to a server.
  static HttpConnection open(
      SdkHttpRequest request, Supplier<SSLSocketFactory> tls, Attempt attempt) throws IOException {
    Socket socket = new Socket();
    attempt.hold(socket);
    try {
      attempt.enter("looking up");
      InetSocketAddress address = new InetSocketAddress(request.host(), request.port());
      attempt.enter("connecting to");
      socket.connect(address);
      // Head and body are written apart; the second must not wait for the first's acknowledgement.
      socket.setTcpNoDelay(true);
      return request.protocol().equalsIgnoreCase("https")
          ? new HttpConnection(socket, secured(socket, request, tls.get()))
          : new HttpConnection(socket, socket);
    } catch (IOException failure) {
      Attempt.close(socket);
      throw failure;
    }
  }

  /// Sends a request and reads the whole answer.
  HttpExecuteResponse exchange(HttpExecuteRequest request, Attempt attempt) throws IOException {
    answered = false;
    reusable = false;
    attempt.hold(socket);
    try {
      String head = head(request);
      attempt.enter("sending to");
      IOException unsent = send(head, request.contentStreamProvider().orElse(null));
      attempt.enter("waiting for an answer from");
      HttpExecuteResponse response = receive(request, unsent);
      attempt.release();
      return response;
    } catch (IOException failure) {
      close();
      throw failure;
    }
  }

  /// Whether a byte of an answer to the last request has come.
  boolean hasAnswered() {
    return answered;
  }

  /// Whether another request may follow.
  boolean isReusable() {
    return reusable;
  }

  void close() {
    Attempt.close(socket);
  }

  private static Socket secured(Socket socket, SdkHttpRequest request, SSLSocketFactory tls)
      throws IOException {
    SSLSocket secured = (SSLSocket) tls.createSocket(socket, request.host(), request.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /// Returns the failure instead of throwing it: a server that refuses a body may answer and hang
  /// up before it has read all of it, and that answer says why.
  private @Nullable IOException send(String head, @Nullable ContentStreamProvider body) {
    try {
      out.write(head.getBytes(ISO_8859_1));
      if (body != null) {
        try (InputStream content = body.newStream()) {
          long _ = content.transferTo(out);
        }
      }
      out.flush();
      return null;
    } catch (IOException failure) {
      return failure;
    }
  }

  private HttpExecuteResponse receive(HttpExecuteRequest request, @Nullable IOException unsent)
      throws IOException {
    AnswerReader reader = new AnswerReader(in);
    try {
      HttpExecuteResponse response = reader.read(request.httpRequest().method());
      reusable = unsent == null && reader.keepsAlive();
      return response;
    } catch (IOException failure) {
      throw unsent == null || reader.hasBegun() ? failure : unsent;
    } finally {
      answered = reader.hasBegun();
    }
  }

  private static String head(HttpExecuteRequest execute) throws IOException {
    SdkHttpRequest request = execute.httpRequest();
    StringBuilder head = new StringBuilder(1024);
    String path = request.encodedPath();
    head.append(request.method().name()).append(' ');
    head.append(path.startsWith("/") ? path : "/" + path);
    request.encodedQueryParameters().ifPresent(query -> head.append('?').append(query));
    head.append(" HTTP/1.1\r\n");
    for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
      append(head, header.getKey(), String.join(",", header.getValue()));
    }
    if (request.firstMatchingHeader("Host").isEmpty()) {
      append(head, "Host", hostOf(request));
    }
    if (request.firstMatchingHeader("Content-Length").isEmpty()) {
      if (execute.contentStreamProvider().isPresent()) {
        throw new IOException("a body of unknown length");
      }
      append(head, "Content-Length", "0");
    }
    return head.append("\r\n").toString();
  }

  private static void append(StringBuilder head, String name, String value) throws IOException {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IOException("a line break in the header " + name);
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static String hostOf(SdkHttpRequest request) {
    int own = request.protocol().equalsIgnoreCase("https") ? 443 : 80;
    return request.port() == own ? request.host() : request.host() + ":" + request.port();
  }
}
