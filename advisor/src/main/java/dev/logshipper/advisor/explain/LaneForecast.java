package dev.logshipper.advisor.explain;

/// The predicted work of one destination.
///
/// @param requests in a day
/// @param records in a day
/// @param contentBytes of these
/// @param bodyBytes of all requests in a day, as encoded by the sink
/// @param heldMillis mean time for which an invocation is held
/// @param stalenessSeconds median time from a line to its storage
/// @param stalenessMax of 99 in 100 lines
public record LaneForecast(
    String mode,
    double requests,
    double records,
    double contentBytes,
    double bodyBytes,
    double heldMillis,
    double stalenessSeconds,
    double stalenessMax) {}
