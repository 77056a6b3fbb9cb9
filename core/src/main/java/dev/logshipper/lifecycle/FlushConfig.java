package dev.logshipper.lifecycle;

import dev.logshipper.sink.FlushMode;
import java.time.Duration;

/// When records leave, as the user chose it.
///
/// @param staleness longest time a record should wait
/// @param holdMax longest time an invocation is held for a flush
/// @param startNewsMax time within which the platform tells of an invocation that has begun, if it
///   delivers at all
public record FlushConfig(
    FlushMode mode, Duration staleness, Duration holdMax, Duration startNewsMax) {}
