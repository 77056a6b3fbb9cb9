package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;

/// A property of core that holds in every run, named by its class. It observes the run through
/// these callbacks and reports the first violation to the scheduler. All instants are virtual; a
/// limit is extended by time that the environment's threads lost (a freeze, a busy machine).
///
/// An invariant of one lane observes the sends and the ledger of that lane only.
interface Invariant {

  default String title() {
    return getClass().getSimpleName();
  }

  /// The extension has read the event of an invocation.
  default void invocationStarted() {}

  /// The extension has received the report that the current invocation has ended.
  default void invocationEndReported() {}

  /// The extension is about to request the next event.
  default void nextRequested() {}

  /// The environment is about to thaw.
  default void thawed() {}

  /// All destinations have been healthy for long enough, and the environment was not frozen.
  default void healed() {}

  /// The extension has read the shutdown event.
  default void shutdownStarted() {}

  default void shutdownEnded() {}

  /// The pipeline is closed; these ledgers are final.
  default void pipelineClosed(LaneLedger ledger) {}

  default void sinkOpened() {}

  default void sinkClosed() {}

  /// A batch was cut while the pipeline was closing.
  default void batchCutWhileClosing(String id) {}

  default void sendStarted(Batch batch, Deadline deadline) {}

  /// A send has ended.
  ///
  /// @param result as core must count it: an exception, an impossible result, and progress without
  ///   a delivered record beyond the limit are retries
  default void sendEnded(Batch batch, SendResult result) {}

  /// The lock of the buffer is about to be released.
  default void bufferChanged() {}

  /// No thread is runnable at this instant.
  default void beforeTimeMoves() {}

  /// The run is over.
  ///
  /// @param killed whether the environment ended without a shutdown
  default void runEnded(LaneLedger ledger, boolean killed) {}
}
