package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import java.util.List;

/// Keeps undelivered records for the next process in the same environment.
public interface Spool {
  /// The part of one lane.
  OfLane lane(String name);

  /// The part of one lane. Used by the lane's thread, and at the end by the one that closes.
  interface OfLane {
    /// Records that earlier processes kept, oldest first. They stay in the spool until
    /// [#restoredAreSettled].
    ///
    /// @param bytesMax limit of their size; the others are restored by the next call
    List<LogRecord> restore(long bytesMax);

    /// All restored records are delivered or dropped, or failing.
    void restoredAreSettled();

    /// These batches have failed and will be sent again; earlier ones that are not among them are
    /// settled.
    void failing(List<Batch> batches);

    /// The process ends with these records undelivered, in place of all that the spool had of it.
    void left(List<LogRecord> records);
  }
}
