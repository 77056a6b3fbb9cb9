package dev.logshipper.time;

import java.util.function.LongSupplier;

/// The source of time, monitors and threads. All waiting and all threads go through it, so that a
/// simulation can control the order of threads and the time. Thread-safe.
public interface Scheduler {

  /// Monotonic, in nanoseconds.
  LongSupplier nanoClock();

  /// A lock for shared state, with a condition for its changes.
  Monitor newMonitor();

  /// Runs work on a thread of its own, which does not keep the JVM from exiting.
  Task start(String name, Runnable work);
}
