package dev.logshipper.sandbox.environment;

/// The outcome of an init phase.
///
/// @param errorType as Lambda names it; empty on success
/// @param message details of the failure; empty on success
public record InitOutcome(boolean succeeded, String errorType, String message, double millis) {}
