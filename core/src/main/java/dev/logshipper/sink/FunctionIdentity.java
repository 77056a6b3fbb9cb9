package dev.logshipper.sink;

import org.jspecify.annotations.Nullable;

/// The function that wrote the logs.
///
/// @param name function name
/// @param version a number or `$LATEST`
/// @param region such as `eu-west-1`
/// @param memoryMegabytes configured size; 0 when unknown
/// @param accountId twelve digits; null until it is known
/// @param arn unqualified ARN; null until it is known, at the latest from the first invocation
public record FunctionIdentity(
    String name,
    String version,
    String region,
    int memoryMegabytes,
    @Nullable String accountId,
    @Nullable String arn) {}
