package dev.logshipper.time;

import java.util.function.LongSupplier;

/// Where time, waiting and threads come from. Whoever waits or starts a thread does it through one,
/// so that a simulation can decide who runs next and what time it is. Thread-safe.
public interface Scheduler {

  /// Monotonic, in nanoseconds.
  LongSupplier nanoClock();

  /// A lock to guard what threads share, and to wait for its changes.
  Monitor newMonitor();

  /// Runs work on a thread of its own, which keeps nobody from ending.
  Task start(String name, Runnable work);
}
