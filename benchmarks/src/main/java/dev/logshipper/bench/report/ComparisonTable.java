package dev.logshipper.bench.report;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.document.MarkdownTable;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.result.Statistics;
import dev.logshipper.bench.scenario.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The layer next to the baseline of the same run: medians, and their ratio. Other extensions of
/// the run have a column each. Figures that were not measured are omitted.
public final class ComparisonTable {
  private static final String NONE = "–";

  private final List<ComparisonRow> rows;
  private final List<Candidate> others;
  private final Results results;

  public ComparisonTable(List<Candidate> candidates, Results results, RunSettings settings) {
    this.rows = ComparisonRows.of(candidates, settings.throttledInit());
    this.others = candidates.stream().filter(each -> each.role() == Role.OTHER).toList();
    this.results = results;
  }

  public MarkdownTable table() {
    List<String> header = new ArrayList<>(List.of("", "baseline", "now", "ratio"));
    others.forEach(other -> header.add(other.name()));
    MarkdownTable table = new MarkdownTable(header);
    for (ComparisonRow row : rows) {
      if (!isEmpty(row, row.now()) || !isEmpty(row, row.baseline())) {
        List<String> cells = new ArrayList<>(List.of(row.title()));
        cells.add(medians(row, row.baseline()));
        cells.add(medians(row, row.now()));
        cells.add(joined(row, figure -> ratio(row, figure)));
        others.forEach(other -> cells.add(medians(row, other.name())));
        table.row(cells);
      }
    }
    return table;
  }

  private boolean isEmpty(ComparisonRow row, String candidate) {
    return row.figures().stream().allMatch(figure -> median(row, figure, candidate).isEmpty());
  }

  private String medians(ComparisonRow row, String candidate) {
    return isEmpty(row, candidate)
        ? NONE
        : joined(
            row,
            figure -> {
              OptionalDouble median = median(row, figure, candidate);
              return median.isPresent() ? ExperimentTable.number(median.getAsDouble()) : NONE;
            });
  }

  private String ratio(ComparisonRow row, Figure figure) {
    OptionalDouble baseline = median(row, figure, row.baseline());
    OptionalDouble now = median(row, figure, row.now());
    // Not to nothing, and not of a difference below zero.
    return baseline.orElse(0) > 0 && now.orElse(-1) >= 0
        ? String.format(Locale.ROOT, "%.2f", now.getAsDouble() / baseline.getAsDouble())
        : NONE;
  }

  private static String joined(ComparisonRow row, Function<Figure, String> cell) {
    String text = row.figures().stream().map(cell).collect(Collectors.joining(" / "));
    return text.replace(NONE + " / ", "").equals(NONE) ? NONE : text;
  }

  private OptionalDouble median(ComparisonRow row, Figure figure, String candidate) {
    OptionalDouble own = medianOf(row, figure, candidate);
    if (row.subtracted().isEmpty() || own.isEmpty()) {
      return own;
    }
    OptionalDouble floor = medianOf(row, figure, row.subtracted());
    return floor.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(own.getAsDouble() - floor.getAsDouble());
  }

  private OptionalDouble medianOf(ComparisonRow row, Figure figure, String candidate) {
    return results.of(row.experiment().title(), candidate, figure).map(Statistics::median).stream()
        .mapToDouble(Double::doubleValue)
        .findFirst();
  }
}
