package dev.logshipper.sandbox.environment;

/// How an init phase ended.
///
/// @param errorType as Lambda names it; empty on success
/// @param message what is known about the reason; empty on success
public record InitOutcome(boolean succeeded, String errorType, String message, double millis) {}
