package dev.logshipper.advisor.simulation;

/// Lines that were written together.
///
/// @param count zero if only the end of an invocation is reported
/// @param bytes of all of them
/// @param endOf the invocation whose end is reported with them, or [#NO_END]
record LogLines(int count, long bytes, long writtenNanos, long endOf) {
  static final long NO_END = -1;

  /// Some of them, which do not report an end.
  LogLines first(int some) {
    return new LogLines(some, bytes * some / count, writtenNanos, NO_END);
  }

  LogLines without(LogLines part) {
    return new LogLines(count - part.count, bytes - part.bytes, writtenNanos, endOf);
  }

  static int count(Iterable<LogLines> all) {
    int count = 0;
    for (LogLines lines : all) {
      count += lines.count();
    }
    return count;
  }
}
