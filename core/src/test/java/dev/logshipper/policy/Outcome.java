package dev.logshipper.policy;

/// What one rule did with one pattern.
///
/// @param heldMillis mean time an invocation was held
/// @param requests per invocation
/// @param stalenessP50 seconds from a line's writing to its being stored
/// @param left lines that nothing but SHUTDOWN sent
/// @param lines that arrived
record Outcome(
    double heldMillis,
    double requests,
    double stalenessP50,
    double stalenessP99,
    double stalenessMax,
    long left,
    long lines) {}
