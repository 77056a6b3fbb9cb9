package dev.logshipper.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/// The bytes that one peer sends, read by the line or by the count. Not thread-safe.
///
/// There are no timeouts: after a freeze any of them would hit a healthy delivery. Who trickles
/// makes room when others need it, see [Places].
final class PeerInput {
  private final InputStream in;
  private final byte[] chunk = new byte[8 * 1024];
  private int at;
  private int end;
  private int lineBytesLeft;

  PeerInput(InputStream in) {
    this.in = in;
  }

  /// How long the lines that follow may be, all together.
  void allowLineBytes(int bytes) {
    lineBytesLeft = bytes;
  }

  /// A line without its end, or null when the peer ended before it began.
  ///
  /// @throws RefusedRequestException when it is longer than allowed, or holds what no line of HTTP
  ///   holds, such as the first byte of TLS
  @Nullable String readLineOrEnd() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (at == end && !fill()) {
        if (line.isEmpty()) {
          return null;
        }
        throw new EOFException();
      }
      char c = next();
      if (c == '\r' && (at < end || fill())) {
        // A lone one would be seen as an end by some and not by others.
        c = next();
        if (c != '\n') {
          throw new RefusedRequestException(RefusedRequestException.BAD_REQUEST);
        }
      }
      if (c == '\n') {
        return line.toString();
      }
      if (c < ' ' && c != '\t') {
        throw new RefusedRequestException(RefusedRequestException.BAD_REQUEST);
      }
      line.append(c);
    }
  }

  /// A line without its end, which must come.
  String readLine() throws IOException {
    String line = readLineOrEnd();
    if (line == null) {
      throw new EOFException();
    }
    return line;
  }

  private char next() throws RefusedRequestException {
    if (--lineBytesLeft < 0) {
      throw new RefusedRequestException("431 Request Header Fields Too Large");
    }
    return (char) (chunk[at++] & 0xff);
  }

  /// Takes bytes that came in one go: at least one, at most so many.
  ///
  /// @return how many; they are given by [#copyTaken] until the next call of anything else
  int take(long bytesMax) throws IOException {
    if (at == end && !fill()) {
      throw new EOFException();
    }
    int count = (int) Math.min(bytesMax, end - at);
    at += count;
    return count;
  }

  /// Copies the first bytes of those that were taken last.
  ///
  /// @param taken what [#take] returned
  void copyTaken(int taken, byte[] target, int targetAt, int count) {
    System.arraycopy(chunk, at - taken, target, targetAt, count);
  }

  /// Reads on to the peer's end, or for so many bytes, and keeps nothing.
  void discard(long bytesMax) throws IOException {
    long left = bytesMax;
    while (left > 0 && (at < end || fill())) {
      left -= end - at;
      at = end;
    }
  }

  /// Whether the peer has not hung up, as far as can be seen in a moment.
  ///
  /// @param socket from which the bytes come
  boolean isOpen(Socket socket) throws IOException {
    if (at < end) {
      return true;
    }
    socket.setSoTimeout(1);
    try {
      return fill();
    } catch (SocketTimeoutException _) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  private boolean fill() throws IOException {
    at = 0;
    end = 0;
    end = Math.max(0, in.read(chunk));
    return end > 0;
  }
}
