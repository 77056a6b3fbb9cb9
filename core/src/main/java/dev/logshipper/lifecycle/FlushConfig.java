package dev.logshipper.lifecycle;

import dev.logshipper.sink.FlushMode;
import java.time.Duration;

/// When to flush, as configured.
///
/// @param staleness maximum age of a record before it is sent
/// @param holdMax longest time for which an invocation is held for a flush
/// @param firstHoldMax as `holdMax`, in mode `auto` until a send has succeeded
/// @param startEventTimeout time limit for the platform's report of an invocation that has begun
public record FlushConfig(
    FlushMode mode,
    Duration staleness,
    Duration holdMax,
    Duration firstHoldMax,
    Duration startEventTimeout) {}
