package dev.logshipper.sandbox.environment.function;

import java.time.Instant;

/// A log event as AWS's runtime clients write it to `_LAMBDA_TELEMETRY_LOG_FD`.
///
/// @param level `TRACE` to `FATAL`; empty when the client stated none
/// @param message may have line feeds
record LogFrame(Instant time, String level, String message) {}
