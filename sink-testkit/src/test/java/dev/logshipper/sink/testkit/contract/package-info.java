/// The contract for sinks, tested itself: with a sink that keeps it, and with sinks that each break
/// one rule.
@NullMarked
package dev.logshipper.sink.testkit.contract;

import org.jspecify.annotations.NullMarked;
