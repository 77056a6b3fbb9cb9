package dev.logshipper.time;

import java.time.Duration;

/// A thread that was started.
public interface Task {
  /// Ends what it waits for, now or next.
  void interrupt();

  /// Waits for its end.
  ///
  /// @param longest how long; zero or less does not wait
  void join(Duration longest) throws InterruptedException;
}
