package dev.logshipper.sandbox.environment.platform;

/// The reason why an environment can no longer be used.
///
/// @param errorType as Lambda names it, for example `Extension.Crash`
public record EnvironmentFailure(String errorType, String message) {}
