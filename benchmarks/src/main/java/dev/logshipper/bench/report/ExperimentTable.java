package dev.logshipper.bench.report;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.document.MarkdownTable;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.result.Statistics;
import dev.logshipper.bench.scenario.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The results of an experiment as a table. A cell is `median (lower–upper quartile)`, for
/// candidates other than the floors also the difference to the first row and the multiple of the
/// bare JVM's.
public final class ExperimentTable {
  public static final String LEGEND =
      "median (quartiles) · above the first row · times the bare JVM";

  /// A multiple of less than one unit is mostly noise.
  private static final double COMPARABLE_MIN = 1;

  private final Experiment experiment;
  private final List<Candidate> candidates;
  private final Results results;

  public ExperimentTable(Experiment experiment, List<Candidate> candidates, Results results) {
    this.experiment = experiment;
    this.candidates = candidates.stream().filter(experiment::appliesTo).toList();
    this.results = results;
  }

  public String table() {
    if (candidates.isEmpty()) {
      return "";
    }
    List<Figure> figures = experiment.figures().stream().filter(this::isKnown).toList();
    List<String> header = new ArrayList<>(List.of(""));
    figures.forEach(figure -> header.add(figure.title()));
    MarkdownTable table = new MarkdownTable(header);
    for (Candidate candidate : candidates) {
      List<String> cells = new ArrayList<>(List.of(candidate.name()));
      figures.forEach(figure -> cells.add(cell(candidate, figure)));
      table.row(cells);
    }
    return table.toString();
  }

  private boolean isKnown(Figure figure) {
    return candidates.stream().anyMatch(candidate -> of(candidate, figure).isPresent());
  }

  private String cell(Candidate candidate, Figure figure) {
    return of(candidate, figure)
        .map(statistics -> {
          String own = spread(statistics);
          return candidate.isFloor()
              ? own
              : own + above(statistics, figure) + times(statistics, figure);
        })
        .orElse("–");
  }

  private String above(Statistics statistics, Figure figure) {
    return candidates.stream()
        .filter(Candidate::isFloor)
        .findFirst()
        .flatMap(floor -> of(floor, figure))
        .map(floor -> " · +" + number(statistics.median() - floor.median()))
        .orElse("")
        .replace("+-", "−");
  }

  private String times(Statistics statistics, Figure figure) {
    return candidates.stream()
        .filter(candidate -> candidate.role() == Role.JVM_FLOOR)
        .findFirst()
        .flatMap(floor -> of(floor, figure))
        .filter(floor -> floor.median() >= COMPARABLE_MIN)
        .map(floor -> " · ×" + number(statistics.median() / floor.median()))
        .orElse("");
  }

  private Optional<Statistics> of(Candidate candidate, Figure figure) {
    return results.of(experiment.title(), candidate.name(), figure);
  }

  static String spread(Statistics statistics) {
    String median = number(statistics.median());
    return statistics.lowerQuartile() == statistics.upperQuartile()
        ? median
        : median
            + (" (" + number(statistics.lowerQuartile()))
            + ("–" + number(statistics.upperQuartile()) + ")");
  }

  /// Formats a number with three significant digits.
  static String number(double value) {
    if (value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
