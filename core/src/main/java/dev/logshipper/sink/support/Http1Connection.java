package dev.logshipper.sink.support;

import dev.logshipper.http1.BodyStream;
import dev.logshipper.http1.HttpException;
import dev.logshipper.http1.HttpInput;
import dev.logshipper.http1.MessageHead;
import dev.logshipper.tls.ServerName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Supplier;
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

  private final Socket carrier;
  private final HttpInput in;
  private final OutputStream out;
  private boolean reusable;

  /// @param carrier the TLS socket, or the same as `socket`
  private Http1Connection(Socket socket, Socket carrier) throws IOException {
    this.socket = socket;
    this.carrier = carrier;
    this.in = new HttpInput(carrier.getInputStream());
    this.out = new BufferedOutputStream(carrier.getOutputStream(), BUFFER_BYTES);
  }

  /// Connects to a server, through a proxy if there is one, including the TLS handshake.
  static Http1Connection open(
      Http1Request.Origin origin,
      @Nullable HttpProxy proxy,
      Addresses addresses,
      Supplier<SSLSocketFactory> tls,
      Http1Call call)
      throws IOException {
    Socket socket =
        proxy == null
            ? addresses.connect(origin.host(), origin.port(), null, call)
            : connect(proxy, addresses, call);
    try {
      // Head and body are written separately; the second must not wait for the first's ACK.
      socket.setTcpNoDelay(true);
      if (proxy != null && origin.secure()) {
        Tunnel.open(socket, origin, proxy, call);
        call.enter("connecting to", null);
      }
      return new Http1Connection(
          socket, origin.secure() ? secured(socket, origin, tls.get()) : socket);
    } catch (IOException failure) {
      addresses.failed(socket.getInetAddress());
      Http1Call.close(socket);
      throw failure;
    }
  }

  private static Socket connect(HttpProxy proxy, Addresses addresses, Http1Call call)
      throws IOException {
    try {
      return addresses.connect(proxy.host(), proxy.port(), proxy, call);
    } catch (IOException failure) {
      throw proxy.unreachable(failure);
    }
  }

  /// Sends a request and reads the whole response.
  ///
  /// @throws HttpException when the response is not HTTP/1.1, or its body exceeds the limit
  Http1Response exchange(byte[] head, Http1Request request, Http1Client client, Http1Call call)
      throws IOException {
    reusable = false;
    in.mark();
    call.hold(socket);
    try {
      call.enter("sending to", null);
      IOException unsent = send(head, request);
      call.enter("waiting for a response from", null);
      Http1Response response = receive(request, unsent, client);
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

  /// Whether another request may follow. A server that rejects a request may not have read its
  /// body, and would read the rest of it as another request.
  boolean isReusable() {
    return reusable;
  }

  /// Whether the server has sent nothing since the last response. Bytes that wait on an unused
  /// connection belong to no request, yet would be read as the response to the next one. TLS may
  /// send some of its own, such as session tickets.
  boolean isQuiet() {
    try {
      if (socket.getInputStream().available() == 0) {
        return true;
      }
      return carrier instanceof SSLSocket && in.isSilent(carrier);
    } catch (IOException _) {
      return false;
    }
  }

  /// The address of the server.
  InetAddress address() {
    return socket.getInetAddress();
  }

  void close() {
    close(socket, carrier);
  }

  /// @param carrier may hold memory that only its own end frees
  private static void close(Socket socket, Socket carrier) {
    Http1Call.close(socket);
    Http1Call.close(carrier);
  }

  private static Socket secured(Socket socket, Http1Request.Origin origin, SSLSocketFactory tls)
      throws IOException {
    SSLSocket secured = (SSLSocket) tls.createSocket(socket, origin.host(), origin.port(), true);
    try {
      secured.startHandshake();
      ServerName.check(secured.getSession(), origin.host());
      return secured;
    } catch (IOException failure) {
      close(socket, secured);
      throw failure instanceof SocketException reset ? TlsFailures.closed(reset) : failure;
    }
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
      Http1Request request, @Nullable IOException unsent, Http1Client client) throws IOException {
    try {
      MessageHead head = MessageHead.readResponse(in, HEAD_BYTES_MAX);
      while (head.status() / 100 == 1) {
        head = MessageHead.readResponse(in, HEAD_BYTES_MAX);
      }
      boolean bodiless = request.isHead() || head.status() == 204 || head.status() == 304;
      byte[] body = bodiless ? EMPTY : readBody(head, client.responseBytesMax());
      reusable =
          unsent == null
              && (head.status() / 100 == 2 || !request.hasBody())
              && head.keepAlive()
              && (bodiless || head.isFramed())
              && !in.hasBuffered()
              && !request.closesConnection();
      return new Http1Response(head, body, client.nowMillis());
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
