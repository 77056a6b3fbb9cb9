package dev.logshipper;

import dev.logshipper.sink.Diagnostics;

/// What becomes of an exception that ends a thread, be it one that a sink's library has started.
/// The JVM would print its message, which may hold anything; its kind and its place cannot.
///
/// Thread-safe.
///
/// @param diagnostics told, once for each kind and place
record UncaughtFailures(Diagnostics diagnostics) implements Thread.UncaughtExceptionHandler {

  /// From now on.
  static void sayTo(Diagnostics diagnostics) {
    Thread.setDefaultUncaughtExceptionHandler(new UncaughtFailures(diagnostics));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String place = trace.length == 0 ? "" : " at " + trace[0];
    diagnostics.warn("a thread ended with " + failure.getClass().getName() + place);
  }
}
