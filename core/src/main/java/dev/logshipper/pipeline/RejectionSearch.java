package dev.logshipper.pipeline;

/// Finds the records for which the destination rejects a batch, so that it accepts the others: a
/// rejected batch is halved, and its halves are sent at once, until a single record is rejected.
///
/// A destination that rejects any batch would have each record rejected alone. So the search ends
/// with the first such record as long as the destination has accepted none, and after many
/// rejections in a row; from then on whole batches are dropped, until it accepts one. Guarded by
/// the buffer's lock.
final class RejectionSearch {
  /// Finds one record among 100,000, and its neighbour.
  static final int REJECTIONS_MAX = 32;

  private int inARow;

  /// The destination responded to a batch and accepted this many records of it.
  void accepted(int records) {
    inARow = records > 0 ? 0 : inARow;
  }

  /// The destination rejected a batch for its content.
  ///
  /// @param hasAccepted whether it ever accepted records
  /// @return whether the batch was halved; otherwise it is to be dropped
  boolean halves(InFlight batch, boolean hasAccepted, LaneQueue queue) {
    boolean single = batch.size() == 1;
    inARow = single && !hasAccepted ? REJECTIONS_MAX : inARow + 1;
    if (single || inARow >= REJECTIONS_MAX) {
      return false;
    }
    queue.halve(batch);
    return true;
  }
}
