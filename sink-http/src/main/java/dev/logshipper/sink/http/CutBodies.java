package dev.logshipper.sink.http;

/// The size of a body for a destination that ends the connection instead of returning 413. An
/// outage looks the same, so this is only a guess: after a cut, the next attempt sends half as
/// much; after a success, twice as much again, until it has been cut twice for that.
///
/// Not thread-safe.
final class CutBodies {
  /// Bodies that no server finds too large.
  static final int ACCEPTED_BYTES = 64 * 1024;

  private static final int PROOFS = 2;

  private long bytesMax = Long.MAX_VALUE;
  private boolean acceptedLast;
  private int proofs;

  /// Maximum size of the next body.
  long bytesMax() {
    return bytesMax;
  }

  /// The connection ended during a request.
  void cut(long bytes) {
    if (bytes > ACCEPTED_BYTES) {
      proofs += acceptedLast && bytesMax < Long.MAX_VALUE ? 1 : 0;
      bytesMax = Math.max(ACCEPTED_BYTES, Math.min(bytesMax, bytes) / 2);
    }
    acceptedLast = false;
  }

  /// The destination responded with success.
  void accepted() {
    acceptedLast = true;
    if (proofs < PROOFS && bytesMax < Long.MAX_VALUE) {
      bytesMax = bytesMax > HttpSink.BODY_BYTES_MAX ? Long.MAX_VALUE : bytesMax * 2;
    }
  }
}
