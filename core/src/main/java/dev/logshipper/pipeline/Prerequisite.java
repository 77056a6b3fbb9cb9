package dev.logshipper.pipeline;

import dev.logshipper.sink.Deadline;
import org.jspecify.annotations.Nullable;

/// Something that a lane needs before it can open its sink, and that may be unavailable for a time,
/// such as a secret kept elsewhere. Confined to the lane's thread.
public interface Prerequisite {
  /// Makes one attempt to obtain it.
  ///
  /// @param deadline by which the call returns
  /// @return null on success, otherwise the reason why not, without secrets
  @Nullable String obtain(Deadline deadline) throws InterruptedException;
}
