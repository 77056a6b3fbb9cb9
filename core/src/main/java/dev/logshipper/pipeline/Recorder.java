package dev.logshipper.pipeline;

import dev.logshipper.sink.LogRecord;
import java.util.List;
import java.util.function.Consumer;

/// Holds records of a lane until it is known whether they are shipped. Called by one thread at a
/// time, without the buffer's lock.
public interface Recorder {
  /// A record has arrived.
  ///
  /// @param wanted whether the lane ships records of its type; others only inform the recorder
  /// @param receiver of the records to ship now, in order
  void accept(LogRecord record, boolean wanted, Consumer<LogRecord> receiver);

  /// The environment ends: returns the held records whose fate is not known.
  List<LogRecord> close();

  /// Memory of the held records.
  long heldBytes();

  /// The number of records that were let go since the last call.
  long takeLetGo();

  /// The number of records that would have been shipped but were dropped for lack of room, since
  /// the last call.
  long takeOverflowed();
}
