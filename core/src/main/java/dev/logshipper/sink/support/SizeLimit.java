package dev.logshipper.sink.support;

import dev.logshipper.sink.SendResult;

/// The size of a request that a destination accepts, as its responses show it. After "too large",
/// half as much is sent, at once, and from then on for the environment's lifetime. Unless a single
/// record was the reason: then the size grows again.
///
/// Not thread-safe.
public final class SizeLimit {
  /// No sink sends more at once.
  private static final long GROWN = 1L << 30;

  private long bytesMax = Long.MAX_VALUE;
  private boolean grows;
  private String rejectedAlone = "";

  /// Maximum size of the next request in bytes, unless it holds a single record.
  public long bytesMax() {
    return bytesMax;
  }

  /// Lowers the limit to a number that the destination gave.
  public void lower(long bytes) {
    bytesMax = Math.min(bytesMax, bytes);
  }

  /// The destination accepted a request.
  public void accepted() {
    if (grows) {
      bytesMax = bytesMax > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : bytesMax * 2;
      grows = bytesMax < GROWN;
    }
  }

  /// The result of a request that is too large for the destination. Of several records, fewer are
  /// sent next; a single one is rejected, and no other.
  ///
  /// @param reason why a single record is rejected
  public SendResult tooLarge(SentPart part, String reason) {
    grows = part.records() == 1;
    if (!grows) {
      bytesMax = Math.min(bytesMax, part.bytes()) / 2;
      return new SendResult.Progress(0);
    }
    if (rejectedAlone.isEmpty()) {
      // One text for all such records, so that it is logged once.
      rejectedAlone = reason + " (a single record of " + part.bytes() + " bytes)";
    }
    return part.rejected(rejectedAlone);
  }
}
