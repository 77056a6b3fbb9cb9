package dev.logshipper;

import dev.logshipper.sink.Diagnostics;

/// Reports an exception that ends a thread, including threads of a sink's library. The JVM would
/// print its message, which may contain a secret; only its class and location are reported.
///
/// Thread-safe.
///
/// @param diagnostics receives one line per class and location
record UncaughtExceptionReporter(Diagnostics diagnostics)
    implements Thread.UncaughtExceptionHandler {

  /// Becomes the handler of all threads.
  static void install(Diagnostics diagnostics) {
    Thread.setDefaultUncaughtExceptionHandler(new UncaughtExceptionReporter(diagnostics));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String place = trace.length == 0 ? "" : " at " + trace[0];
    diagnostics.warn("a thread ended with " + failure.getClass().getName() + place);
  }
}
