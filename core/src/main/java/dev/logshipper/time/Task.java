package dev.logshipper.time;

import java.time.Duration;

/// A started thread.
public interface Task {
  /// Interrupts its current or next wait.
  void interrupt();

  /// Waits until the thread has ended.
  ///
  /// @param longest the timeout; zero or less does not wait
  void join(Duration longest) throws InterruptedException;
}
