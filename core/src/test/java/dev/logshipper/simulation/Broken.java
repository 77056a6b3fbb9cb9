package dev.logshipper.simulation;

/// A promise that a run broke.
///
/// @param promise its name, to count by
/// @param how what happened, with the end of the trace
record Broken(String promise, String how) {}
