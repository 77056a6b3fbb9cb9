package dev.logshipper.advisor.simulation;

/// The figures of one rule on one pattern.
///
/// @param heldMillis mean time an invocation was held
/// @param firstHeldMillis the same for the first invocation of an environment
/// @param laterHeldMillis the same for all others; NaN without any
/// @param requests per invocation
/// @param stalenessP50 seconds from the writing of a line to its storage
/// @param sentAtShutdown lines that were not sent before SHUTDOWN
/// @param lines stored
/// @param bytes of these
/// @param requestsTotal number of requests
public record Outcome(
    double heldMillis,
    double firstHeldMillis,
    double laterHeldMillis,
    double requests,
    double stalenessP50,
    double stalenessP99,
    double stalenessMax,
    long sentAtShutdown,
    long lines,
    long bytes,
    long requestsTotal) {}
