package dev.logshipper.sandbox.page;

/// The time of a fault of the destination, in nanoseconds of [System#nanoTime()].
public record FaultSpan(String label, long beginNanos, long endNanos) {}
