package dev.logshipper.intake;

import dev.logshipper.http1.BodyStream;
import dev.logshipper.http1.HttpException;
import dev.logshipper.http1.HttpInput;
import dev.logshipper.http1.MessageHead;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/// The body of one request after the other, in memory that is reserved when the bytes have arrived
/// and released when they have been handled. Not thread-safe.
final class RequestBody {
  /// Limit for the part of a body that is kept. The platform's bodies end at twice the
  /// subscription's maxBytes, of which the maximum is 1 MiB, and some bytes for each of at most
  /// 10,000 events (docs.aws.amazon.com/lambda/latest/dg/telemetry-api.html, "Buffering"); the rest
  /// is for escapes.
  static final int BYTES_MAX = 4 * 1024 * 1024;

  /// Initial size of the buffer.
  static final int FIRST_BYTES = 64 * 1024;

  /// A larger body is read to its end and the part that fits is kept, since any response but 200
  /// would bring it back again and again; up to this limit.
  private static final long ANNOUNCED_BYTES_MAX = 64L * 1024 * 1024;

  private static final byte[] EMPTY = {};

  private final HttpInput in;
  private final ConnectionLimiter.Slot slot;
  private byte[] bytes = EMPTY;
  private int length;
  private int lengthMax;

  RequestBody(HttpInput in, ConnectionLimiter.Slot slot) {
    this.in = in;
    this.slot = slot;
  }

  /// Reads the body that belongs to a head.
  ///
  /// @return false when the connection ended too early
  /// @throws HttpException when it is absurdly large, when its end is in doubt, or when there is no
  ///   memory for it
  boolean read(MessageHead head) throws IOException {
    try {
      BodyStream body = BodyStream.ofRequest(in, head, ANNOUNCED_BYTES_MAX);
      long announced = head.contentLength();
      lengthMax = announced < 0 ? BYTES_MAX : (int) Math.min(BYTES_MAX, announced);
      for (int count = body.await(); count > 0; count = body.await()) {
        int kept = Math.min(count, lengthMax - length);
        if (kept == 0) {
          body.skipNBytes(count);
        } else {
          ensureCapacity(length + kept);
          length += body.read(bytes, length, kept);
        }
      }
      return true;
    } catch (EOFException _) {
      return false;
    }
  }

  /// The bytes that were read, from index 0 on, until [#release].
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// Releases the memory after the body has been handled.
  void release() {
    slot.release(bytes.length);
    bytes = EMPTY;
    length = 0;
  }

  /// Grows by the bytes that have arrived, not by the length that was announced.
  private void ensureCapacity(int needed) throws IOException {
    if (needed <= bytes.length) {
      return;
    }
    int size = Math.min(lengthMax, Math.max(needed, Math.max(FIRST_BYTES, bytes.length * 2)));
    if (!slot.reserve(size)) {
      throw new HttpException("503 Service Unavailable", "no memory for the body");
    }
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, size);
    slot.release(before);
  }
}
