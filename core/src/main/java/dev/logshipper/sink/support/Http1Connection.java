package dev.logshipper.sink.support;

import dev.logshipper.http1.BodyStream;
import dev.logshipper.http1.HttpException;
import dev.logshipper.http1.HttpInput;
import dev.logshipper.http1.MessageHead;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One connection to one server, for one request after the other. Used by one thread at a time.
final class Http1Connection {
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int HEAD_BYTES_MAX = 64 * 1024;
  private static final byte[] EMPTY = {};

  /// The TCP socket, under TLS if there is any. Closing it ends every wait at once; closing the TLS
  /// socket may itself wait for a writer.
  private final Socket socket;

  private final HttpInput in;
  private final OutputStream out;
  private boolean reusable;

  private Http1Connection(Socket socket, Socket carrier) throws IOException {
    this.socket = socket;
    this.in = new HttpInput(carrier.getInputStream());
    this.out = new BufferedOutputStream(carrier.getOutputStream(), BUFFER_BYTES);
  }

  /// Connects to a server.
  static Http1Connection open(
      Http1Request.Origin origin, Supplier<SSLSocketFactory> tls, Http1Call call)
      throws IOException {
    Socket socket = new Socket();
    call.hold(socket);
    try {
      call.enter("looking up");
      InetSocketAddress address = new InetSocketAddress(origin.host(), origin.port());
      call.enter("connecting to");
      socket.connect(address);
      // Head and body are written separately; the second must not wait for the first's ACK.
      socket.setTcpNoDelay(true);
      return new Http1Connection(
          socket, origin.secure() ? secured(socket, origin, tls.get()) : socket);
    } catch (IOException failure) {
      Http1Call.close(socket);
      throw failure;
    }
  }

  /// Sends a request and reads the whole response.
  ///
  /// @throws HttpException when the response is not HTTP/1.1, or its body exceeds `bodyBytesMax`
  Http1Response exchange(byte[] head, Http1Request request, int bodyBytesMax, Http1Call call)
      throws IOException {
    reusable = false;
    in.mark();
    call.hold(socket);
    try {
      call.enter("sending to");
      IOException unsent = send(head, request);
      call.enter("waiting for a response from");
      Http1Response response = receive(request, unsent, bodyBytesMax);
      call.release();
      return response;
    } catch (IOException failure) {
      close();
      throw failure;
    }
  }

  /// Whether any byte of a response to the last request has arrived.
  boolean hasResponseBegun() {
    return in.hasBegun();
  }

  /// Whether another request may follow.
  boolean isReusable() {
    return reusable;
  }

  void close() {
    Http1Call.close(socket);
  }

  private static Socket secured(Socket socket, Http1Request.Origin origin, SSLSocketFactory tls)
      throws IOException {
    SSLSocket secured = (SSLSocket) tls.createSocket(socket, origin.host(), origin.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /// Returns the failure instead of throwing it: a server may respond and close before it has read
  /// the whole body, and the response says why.
  private @Nullable IOException send(byte[] head, Http1Request request) {
    try {
      out.write(head);
      request.writeBodyTo(out);
      out.flush();
      return null;
    } catch (IOException failure) {
      return failure;
    }
  }

  private Http1Response receive(
      Http1Request request, @Nullable IOException unsent, int bodyBytesMax) throws IOException {
    try {
      MessageHead head = MessageHead.readResponse(in, HEAD_BYTES_MAX);
      while (head.status() / 100 == 1) {
        head = MessageHead.readResponse(in, HEAD_BYTES_MAX);
      }
      boolean bodiless = request.isHead() || head.status() == 204 || head.status() == 304;
      byte[] body = bodiless ? EMPTY : readBody(head, bodyBytesMax);
      reusable =
          unsent == null
              && head.keepAlive()
              && (bodiless || head.isFramed())
              && !in.hasBuffered()
              && !request.closesConnection();
      return new Http1Response(head, body);
    } catch (IOException failure) {
      throw unsent == null || in.hasBegun() ? failure : unsent;
    }
  }

  private byte[] readBody(MessageHead head, int bytesMax) throws IOException {
    byte[] body = BodyStream.ofResponse(in, head, bytesMax).readNBytes(bytesMax + 1);
    if (body.length > bytesMax) {
      throw HttpException.tooLarge();
    }
    return body;
  }
}
