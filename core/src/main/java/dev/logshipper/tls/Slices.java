package dev.logshipper.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// Takes pieces off a buffer, with lengths that may be wrong. Stateless.
final class Slices {
  private Slices() {}

  /// The next bytes, as a view, which are passed over.
  ///
  /// @throws BufferUnderflowException when there are not so many
  static ByteBuffer next(ByteBuffer from, int bytes) {
    if (bytes < 0 || bytes > from.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer taken = from.slice(from.position(), bytes);
    from.position(from.position() + bytes);
    return taken;
  }
}
