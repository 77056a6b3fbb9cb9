package dev.logshipper.policy;

/// Lines that were written together.
///
/// @param count how many; none where only the end of an invocation is told
/// @param endOf the invocation whose end is told with them, or [#NO_END]
record Lines(int count, long writtenNanos, long endOf) {
  static final long NO_END = -1;

  static final int BYTES_EACH = 120;

  static int count(Iterable<Lines> all) {
    int count = 0;
    for (Lines lines : all) {
      count += lines.count();
    }
    return count;
  }
}
