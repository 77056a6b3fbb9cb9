package dev.logshipper.simulation;

/// How threads share the machine.
///
/// @param yieldPercent how often another one may go on at a lock
/// @param stealPercent how often time passes although somebody could go on
/// @param stolenNanosMax how much at a time
/// @param wakeForNothingPercent how often it is tried, before time moves, who waits without a
///   reason
record Pace(int yieldPercent, int stealPercent, long stolenNanosMax, int wakeForNothingPercent) {

  /// Whether time passes only while nobody can go on.
  boolean isExact() {
    return stealPercent == 0;
  }
}
