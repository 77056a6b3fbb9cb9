package dev.logshipper.bench.report;

import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.scenario.Experiment;
import java.util.List;

/// A row of [ComparisonTable].
///
/// @param title with the unit of the figures
/// @param figures joined in one cell
/// @param now name of the candidate
/// @param baseline name of the candidate that it is compared with
/// @param subtracted name of the candidate whose median is subtracted from both; empty for none
record ComparisonRow(
    String title,
    Experiment experiment,
    List<Figure> figures,
    String now,
    String baseline,
    String subtracted) {}
