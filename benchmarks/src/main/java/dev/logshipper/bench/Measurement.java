package dev.logshipper.bench;

/// One value of one figure.
///
/// @param table which experiment it is of
/// @param repetition from 1
record Measurement(String table, String candidate, int repetition, Figure figure, double value) {}
