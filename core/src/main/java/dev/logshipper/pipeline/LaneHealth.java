package dev.logshipper.pipeline;

/// The ledger of one lane, and what its deliveries cost. Totals since the process started, except
/// for the staleness.
///
/// @param sentBytes content bytes of all attempts to send
/// @param sendNanos duration of all attempts to send
/// @param stalenessNanos age of the oldest record that is not delivered, or of the oldest one in
///   the latest delivery if that was older
public record LaneHealth(LaneLedger ledger, long sentBytes, long sendNanos, long stalenessNanos) {}
