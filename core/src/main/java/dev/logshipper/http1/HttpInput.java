package dev.logshipper.http1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/// The bytes that a peer sends, read by line or by count. Not thread-safe.
///
/// There are no timeouts: after a freeze, any of them would hit a healthy connection. For a limit
/// in time, another thread closes the socket.
public final class HttpInput {
  private final InputStream in;
  private final byte[] buffer = new byte[8 * 1024];
  private int position;
  private int limit;
  private int lineBytesLeft;
  private boolean begun;

  /// @param in not buffered
  public HttpInput(InputStream in) {
    this.in = in;
  }

  /// Waits for the next byte and buffers no more than that one, so that another process that shares
  /// the descriptor could read the others.
  ///
  /// @return false at the end of the stream
  public boolean awaitByte() throws IOException {
    return position < limit || fill(1);
  }

  /// Whether any byte was received since [#mark].
  public boolean hasBegun() {
    return begun;
  }

  /// Forgets the bytes received so far, for [#hasBegun].
  public void mark() {
    begun = position < limit;
  }

  /// Whether bytes were received that nothing has read yet.
  public boolean hasBuffered() {
    return position < limit;
  }

  /// Reads to the end of the stream, or `bytesMax`, and discards it.
  public void discard(long bytesMax) throws IOException {
    long left = bytesMax;
    while (left > 0 && available() > 0) {
      left -= limit - position;
      position = limit;
    }
  }

  /// Whether the peer has not closed the connection, as shown by one millisecond.
  ///
  /// @param socket the source of the bytes
  public boolean isOpen(Socket socket) throws IOException {
    if (hasBuffered()) {
      return true;
    }
    socket.setSoTimeout(1);
    try {
      return available() > 0;
    } catch (SocketTimeoutException _) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  /// Whether the peer has neither sent a byte nor closed the connection, as far as one millisecond
  /// can show. A byte that was sent is buffered.
  ///
  /// @param socket the source of the bytes
  public boolean isSilent(Socket socket) throws IOException {
    return isOpen(socket) && !hasBuffered();
  }

  /// Limits the total length of the lines that follow.
  void limitLines(int bytes) {
    lineBytesLeft = bytes;
  }

  /// Reads a line without its end, which is CRLF or LF.
  ///
  /// @return null at the end of the stream
  /// @throws HttpException when it exceeds the limit or contains control characters, such as the
  ///   first byte of TLS
  @Nullable String readLineOrEnd() throws IOException {
    StringBuilder line = new StringBuilder(80);
    while (true) {
      if (available() == 0) {
        if (line.isEmpty()) {
          return null;
        }
        throw new EOFException();
      }
      char c = next();
      if (c == '\r' && available() > 0) {
        // Some readers would take a lone CR for the end of a line, others would not.
        c = next();
        if (c != '\n') {
          throw HttpException.malformed();
        }
      }
      if (c == '\n') {
        return line.toString();
      }
      if (c < ' ' && c != '\t') {
        throw HttpException.malformed();
      }
      line.append(c);
    }
  }

  /// Reads a line without its end.
  ///
  /// @throws EOFException at the end of the stream
  String readLine() throws IOException {
    String line = readLineOrEnd();
    if (line == null) {
      throw new EOFException();
    }
    return line;
  }

  /// Waits until at least one byte is buffered.
  ///
  /// @return the number of bytes buffered; 0 at the end of the stream
  int available() throws IOException {
    return position < limit || fill(buffer.length) ? limit - position : 0;
  }

  /// Moves bytes out of the buffer; as many as are there, and at most `count`.
  int take(byte[] target, int offset, int count) {
    int taken = Math.min(count, limit - position);
    System.arraycopy(buffer, position, target, offset, taken);
    position += taken;
    return taken;
  }

  private char next() throws HttpException {
    if (--lineBytesLeft < 0) {
      throw new HttpException("431 Request Header Fields Too Large", "the header is too large");
    }
    return (char) (buffer[position++] & 0xff);
  }

  private boolean fill(int count) throws IOException {
    position = 0;
    limit = 0;
    limit = Math.max(0, in.read(buffer, 0, count));
    begun |= limit > 0;
    return limit > 0;
  }
}
