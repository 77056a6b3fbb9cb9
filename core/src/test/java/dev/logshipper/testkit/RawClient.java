package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/// A client that sends any bytes, also those that no HTTP library would send.
public final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  /// Connects over loopback.
  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /// Sends text.
  public RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    return this;
  }

  /// Sends a POST of a body with its length.
  public RawClient post(String body) throws IOException {
    return send(
        "POST / HTTP/1.1\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
  }

  /// Ends its side of the connection.
  public RawClient finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Reads the next response, which must have no body, and returns its status line.
  public String status() throws IOException {
    String status = line();
    String header = line();
    while (!header.isEmpty()) {
      header = line();
    }
    return status;
  }

  /// Whether the server has closed the connection and sent nothing more.
  public boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  /// Whether the server has closed or reset the connection.
  public boolean isGone() throws IOException {
    try {
      return isClosed();
    } catch (SocketException e) {
      return true;
    }
  }

  /// Whether the server has closed or reset the connection by now; responses are skipped.
  public boolean isGoneByNow() {
    try {
      socket.setSoTimeout(1);
      while (in.read() >= 0) {
        // A response.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended after: " + line);
      }
      line.append((char) c);
    }
    return new String(line.toString().strip().getBytes(ISO_8859_1), UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
