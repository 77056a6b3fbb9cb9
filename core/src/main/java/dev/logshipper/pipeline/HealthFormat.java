package dev.logshipper.pipeline;

import dev.logshipper.sink.LogRecord;
import org.jspecify.annotations.Nullable;

/// Makes a record of the state of the pipeline.
@FunctionalInterface
public interface HealthFormat {
  /// Makes the record for one lane. Quick: called under the lock of the buffer.
  ///
  /// @param now includes this record
  /// @param before the state in the lane's previous record; null in its first
  LogRecord record(PipelineHealth now, @Nullable PipelineHealth before);
}
