package dev.logshipper.bench.flush;

import dev.logshipper.advisor.simulation.Outcome;
import dev.logshipper.bench.document.Svg;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// A figure of all rules on random arrivals, from frequent to rare. Both axes are logarithmic.
final class FlushPicture {
  private static final int LEFT = 70;
  private static final int RIGHT = 620;
  private static final int TOP = 40;
  private static final int BOTTOM = 330;
  private static final double INTERVAL_MIN = 20;
  private static final double INTERVAL_MAX = 500_000;
  private static final int STEPS = 24;
  private static final String GRID_COLOUR = "#dddddd";

  private final double from;
  private final double to;
  private final Svg svg = new Svg(760, 380);

  private FlushPicture(double from, double to) {
    this.from = from;
    this.to = to;
  }

  /// Runs all rules.
  ///
  /// @return comparisons by mean interval in milliseconds
  static SortedMap<Double, Comparison> comparisons() {
    SortedMap<Double, Comparison> comparisons = new TreeMap<>();
    for (int i = 0; i <= STEPS; i++) {
      double share = (double) i / STEPS;
      double interval = INTERVAL_MIN * Math.pow(INTERVAL_MAX / INTERVAL_MIN, share);
      comparisons.put(interval, Comparison.on(TrafficPatterns.random(interval)));
    }
    return comparisons;
  }

  static String ofHeldTime(SortedMap<Double, Comparison> comparisons) {
    return new FlushPicture(0.01, 100)
        .draw("mean time an invocation is held, ms", comparisons, Outcome::heldMillis);
  }

  static String ofStaleness(SortedMap<Double, Comparison> comparisons) {
    return new FlushPicture(0.01, 1_000)
        .draw("staleness of a line, 99th percentile, s", comparisons, Outcome::stalenessP99);
  }

  private String draw(
      String title, SortedMap<Double, Comparison> comparisons, ToDoubleFunction<Outcome> figure) {
    svg.text(LEFT, 22, title);
    svg.text(LEFT, BOTTOM + 40, "random arrivals, mean interval in seconds");
    for (double interval = 100; interval <= 100_000; interval *= 10) {
      svg.line(x(interval) + "," + TOP + " " + x(interval) + "," + BOTTOM, 1, GRID_COLOUR);
      svg.text(x(interval) - 8, BOTTOM + 16, label(interval / 1_000));
    }
    for (double value = from; value <= to * 1.01; value *= 10) {
      svg.line(LEFT + "," + y(value) + " " + RIGHT + "," + y(value), 1, GRID_COLOUR);
      svg.text(25, y(value) + 4, label(value));
    }
    int legend = TOP + 12;
    for (ComparedRule rule : ComparedRule.values()) {
      StringBuilder points = new StringBuilder();
      comparisons.forEach((interval, comparison) -> {
        double value = figure.applyAsDouble(comparison.outcome(rule));
        points.append(x(interval)).append(',').append(y(value)).append(' ');
      });
      svg.line(points.toString().strip(), rule == ComparedRule.AUTO ? 3 : 1, rule.colour());
      svg.box(RIGHT + 10, legend - 5, 15, 2, rule.colour());
      svg.text(RIGHT + 32, legend, rule.title());
      legend += 20;
    }
    return svg.toString();
  }

  private static long x(double interval) {
    return LEFT + Math.round((RIGHT - LEFT) * share(interval, INTERVAL_MIN, INTERVAL_MAX));
  }

  private long y(double value) {
    return BOTTOM - Math.round((BOTTOM - TOP) * share(Math.clamp(value, from, to), from, to));
  }

  private static double share(double value, double from, double to) {
    return Math.log(value / from) / Math.log(to / from);
  }

  private static String label(double value) {
    return value < 0.9
        ? String.format(Locale.ROOT, "%.1g", value)
        : String.valueOf(Math.round(value));
  }
}
