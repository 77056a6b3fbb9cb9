package dev.logshipper.sandbox.page;

/// A line that the function printed.
///
/// @param nanos time of [System#nanoTime()] at which it was read
public record FunctionLine(long nanos, String text) {}
