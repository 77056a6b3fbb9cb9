package dev.logshipper.intake;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/// The body of one request after the other, in memory that is asked for when the bytes are there
/// and given back when they have been handled. Not thread-safe.
final class RequestBody {
  /// Bounds what is kept of a body. The platform's ends at twice the subscription's maxBytes, of
  /// which the most is 1 MiB, and some bytes for each of at most 10,000 events
  /// (docs.aws.amazon.com/lambda/latest/dg/telemetry-api.html, "Buffering"); the rest is for
  /// escapes.
  static final int BYTES_MAX = 4 * 1024 * 1024;

  /// What a body begins with.
  static final int FIRST_BYTES = 64 * 1024;

  /// A larger body is read on to its end and what fits is kept, since any answer but 200 would
  /// bring it back again and again; but not for ever.
  private static final long ANNOUNCED_BYTES_MAX = 64L * 1024 * 1024;

  /// The size of a chunk with its extensions, or all trailers.
  private static final int CHUNK_LINES_BYTES_MAX = 16 * 1024;

  private static final byte[] NOTHING = {};

  private final PeerInput in;
  private final Room room;
  private byte[] bytes = NOTHING;
  private int length;
  private int lengthMax;
  private long bytesRead;

  /// The memory for bodies, which peers share.
  interface Room {
    /// Takes some, waiting for it if need be.
    ///
    /// @throws IOException when this peer has to make room itself
    void take(int bytes) throws IOException;

    /// Gives some back.
    void giveBack(int bytes);
  }

  RequestBody(PeerInput in, Room room) {
    this.in = in;
    this.room = room;
  }

  /// Reads the body that belongs to a head, as far as it comes and there is room for it.
  ///
  /// @return whether the connection can carry another request; not so when the body ended too early
  /// @throws RefusedRequestException when it is absurdly large, or where it ends is in doubt
  boolean read(RequestHead head) throws IOException {
    bytesRead = 0;
    try {
      if (head.chunked()) {
        lengthMax = BYTES_MAX;
        readChunks();
      } else {
        long announced = Math.max(0, head.contentLength());
        lengthMax = (int) Math.min(BYTES_MAX, announced);
        readFully(announced);
      }
      return true;
    } catch (EOFException _) {
      return false;
    }
  }

  /// Holds what was read, from index 0 on, until [#release].
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// Gives the memory back: the body has been handled.
  void release() {
    room.giveBack(bytes.length);
    bytes = NOTHING;
    length = 0;
  }

  private void readChunks() throws IOException {
    while (true) {
      in.allowLineBytes(CHUNK_LINES_BYTES_MAX);
      String line = in.readLine();
      int semicolon = line.indexOf(';');
      String digits = semicolon < 0 ? line : line.substring(0, semicolon);
      long size = RequestHead.bytes(digits.strip(), 16);
      if (size == 0) {
        while (!in.readLine().isEmpty()) {}
        return;
      }
      readFully(size);
      if (!in.readLine().isEmpty()) {
        throw new RefusedRequestException(RefusedRequestException.BAD_REQUEST);
      }
    }
  }

  private void readFully(long count) throws IOException {
    if (count > ANNOUNCED_BYTES_MAX - bytesRead) {
      throw new RefusedRequestException(RefusedRequestException.TOO_LARGE);
    }
    long left = count;
    while (left > 0) {
      int taken = in.take(left);
      keep(taken);
      left -= taken;
    }
    bytesRead += count;
  }

  private void keep(int taken) throws IOException {
    int kept = Math.min(taken, lengthMax - length);
    if (length + kept > bytes.length) {
      grow(length + kept);
    }
    in.copyTaken(taken, bytes, length, kept);
    length += kept;
  }

  /// Grows by what has arrived, never by what was announced.
  private void grow(int needed) throws IOException {
    int wanted = Math.max(needed, Math.max(FIRST_BYTES, bytes.length * 2));
    int next = Math.min(lengthMax, wanted);
    room.take(next);
    int last = bytes.length;
    bytes = Arrays.copyOf(bytes, next);
    room.giveBack(last);
  }
}
