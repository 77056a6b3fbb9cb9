package dev.logshipper.sandbox.page;

import dev.logshipper.sandbox.environment.Timeline;

/// An invocation on the time axis, in milliseconds since the start of the run.
///
/// @param number from 1
/// @param responded end of the function's part; the extensions hold it from then on
/// @param ended the event of its end
record InvocationSpan(
    int number, double begin, double responded, double end, Timeline.Entry ended) {

  boolean contains(double at) {
    return begin <= at && at <= end;
  }
}
