package dev.logshipper.http1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The body of one message: of a given length, in chunks, or up to the end of the connection. Never
/// reads beyond it. Not thread-safe.
public final class BodyStream extends InputStream {
  /// Chunk sizes with their extensions, or all trailers.
  private static final int CHUNK_LINES_BYTES_MAX = 16 * 1024;

  private final HttpInput in;
  private final boolean chunked;
  private final boolean untilClose;
  private final long bytesMax;
  private long announced;

  /// Bytes left of the body or of the current chunk.
  private long left;

  private boolean atFirstChunk = true;
  private boolean ended;

  private BodyStream(HttpInput in, MessageHead head, boolean untilClose, long bytesMax)
      throws HttpException {
    this.in = in;
    this.chunked = head.isChunked();
    this.untilClose = untilClose;
    this.bytesMax = bytesMax;
    if (!chunked) {
      announce(untilClose ? 0 : Math.max(0, head.contentLength()));
    }
  }

  /// The body of a request.
  ///
  /// @throws HttpException when it is announced as longer than `bytesMax`
  public static BodyStream ofRequest(HttpInput in, MessageHead head, long bytesMax)
      throws HttpException {
    return new BodyStream(in, head, false, bytesMax);
  }

  /// The body of a response. Without a given length it ends with the connection, and it is up to
  /// the caller to stop at a limit.
  ///
  /// @throws HttpException when it is announced as longer than `bytesMax`
  public static BodyStream ofResponse(HttpInput in, MessageHead head, long bytesMax)
      throws HttpException {
    return new BodyStream(in, head, !head.isFramed(), bytesMax);
  }

  /// Waits until a part of the body is received.
  ///
  /// @return the number of bytes that the next read returns without waiting; 0 at the end
  /// @throws EOFException when the connection ends before the body does
  /// @throws HttpException when a chunk is malformed, or announced beyond the limit
  public int await() throws IOException {
    if (chunked && left == 0 && !ended) {
      nextChunk();
    }
    if (untilClose) {
      return in.available();
    }
    if (left == 0) {
      return 0;
    }
    int available = in.available();
    if (available == 0) {
      throw new EOFException("the body is cut off");
    }
    return (int) Math.min(left, available);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int available = await();
    if (available == 0) {
      return -1;
    }
    int taken = in.take(target, offset, Math.min(length, available));
    left -= untilClose ? 0 : taken;
    return taken;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  private void nextChunk() throws IOException {
    in.limitLines(CHUNK_LINES_BYTES_MAX);
    if (!atFirstChunk && !in.readLine().isEmpty()) {
      throw HttpException.malformed();
    }
    atFirstChunk = false;
    String line = in.readLine();
    int semicolon = line.indexOf(';');
    announce(MessageHead.number((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16));
    if (left == 0) {
      ended = true;
      while (!in.readLine().isEmpty()) {
        // Trailers are of no use here.
      }
    }
  }

  private void announce(long bytes) throws HttpException {
    if (bytes > bytesMax - announced) {
      throw HttpException.tooLarge();
    }
    announced += bytes;
    left = bytes;
  }
}
