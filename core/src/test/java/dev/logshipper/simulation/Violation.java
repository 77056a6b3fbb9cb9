package dev.logshipper.simulation;

/// A violated invariant.
///
/// @param invariant the name of its class
/// @param how the facts, with the end of the trace
record Violation(String invariant, String how) {}
