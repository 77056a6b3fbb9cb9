package dev.logshipper.simulation;

/// The scheduling of threads: preemption, lost time, spurious wake-ups.
///
/// @param yieldPercent probability of a switch of threads at a lock
/// @param stealPercent probability that time passes although a thread is runnable
/// @param stolenNanosMax upper limit of the time lost at once
/// @param spuriousWakePercent probability of spurious wake-ups before time moves
record ScheduleProfile(
    int yieldPercent, int stealPercent, long stolenNanosMax, int spuriousWakePercent) {

  /// Whether time passes only while no thread is runnable.
  boolean isExact() {
    return stealPercent == 0;
  }
}
