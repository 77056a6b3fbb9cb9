package dev.logshipper.platform;

import org.jspecify.annotations.Nullable;

/// The platform's response to the registration of the extension.
///
/// @param identifier sent with every later request
/// @param accountId null when the platform does not report it
public record Registration(
    String identifier, String functionName, String functionVersion, @Nullable String accountId) {}
