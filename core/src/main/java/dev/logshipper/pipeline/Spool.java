package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import java.util.List;

/// Keeps undelivered batches for the next process in the same environment.
public interface Spool {
  /// The part of one lane.
  OfLane lane(String name);

  /// The part of one lane. Used by the lane's thread, and at the end by the one that closes.
  interface OfLane {
    /// Batches that earlier processes kept, oldest first, each under the id with which it may have
    /// been sent. They stay in the spool until a call of [#keep] without them.
    ///
    /// @param bytesMax limit of their size, except that one batch may be twice as large; the others
    ///   are restored by the next call
    List<Batch> restore(long bytesMax);

    /// Keeps these batches, and none of those kept or restored before that are not among them.
    void keep(List<Batch> batches);

    /// The process ends with these batches undelivered, in place of those kept or restored before.
    void left(List<Batch> batches);
  }
}
