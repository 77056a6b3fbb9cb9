package dev.logshipper.bench.flush;

/// Lines that were written together.
///
/// @param count zero if only the end of an invocation is reported
/// @param endOf the invocation whose end is reported with them, or [#NO_END]
record LogLines(int count, long writtenNanos, long endOf) {
  static final long NO_END = -1;

  static final int BYTES_EACH = 120;

  static int count(Iterable<LogLines> all) {
    int count = 0;
    for (LogLines lines : all) {
      count += lines.count();
    }
    return count;
  }
}
