package dev.logshipper.bench.flush;

/// The figures of one rule on one pattern.
///
/// @param heldMillis mean time an invocation was held
/// @param requests per invocation
/// @param stalenessP50 seconds from the writing of a line to its storage
/// @param sentAtShutdown lines that were not sent before SHUTDOWN
/// @param lines stored
record Outcome(
    double heldMillis,
    double requests,
    double stalenessP50,
    double stalenessP99,
    double stalenessMax,
    long sentAtShutdown,
    long lines) {}
