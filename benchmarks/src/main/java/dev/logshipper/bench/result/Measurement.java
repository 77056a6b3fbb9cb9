package dev.logshipper.bench.result;

/// One value of one figure.
///
/// @param table title of the experiment
/// @param repetition from 1
public record Measurement(
    String table, String candidate, int repetition, Figure figure, double value) {}
