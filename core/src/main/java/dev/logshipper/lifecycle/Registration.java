package dev.logshipper.lifecycle;

import org.jspecify.annotations.Nullable;

/// What the platform told about the function when the extension was registered.
///
/// @param identifier goes with every later request
/// @param accountId null when the platform does not tell
public record Registration(
    String identifier, String functionName, String functionVersion, @Nullable String accountId) {}
