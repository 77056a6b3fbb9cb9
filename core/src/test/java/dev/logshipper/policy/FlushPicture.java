package dev.logshipper.policy;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// A picture of what the rules do with random arrivals, from often to seldom. Both axes are
/// logarithmic.
final class FlushPicture {
  private static final int LEFT = 70;
  private static final int RIGHT = 620;
  private static final int TOP = 40;
  private static final int BOTTOM = 330;
  private static final double INTERVAL_MIN = 20;
  private static final double INTERVAL_MAX = 500_000;
  private static final int STEPS = 24;

  private final double from;
  private final double to;
  private final StringBuilder svg = new StringBuilder();

  private FlushPicture(double from, double to) {
    this.from = from;
    this.to = to;
  }

  static String ofHeldTime() {
    return new FlushPicture(0.01, 100)
        .draw("mean time an invocation is held, ms", Outcome::heldMillis);
  }

  static String ofStaleness() {
    return new FlushPicture(0.01, 1_000)
        .draw("staleness of a line, 99th percentile, s", Outcome::stalenessP99);
  }

  private String draw(String title, ToDoubleFunction<Outcome> figure) {
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 380\"")
        .append(" font-family=\"sans-serif\" font-size=\"12\">\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    text(LEFT, 22, title);
    text(LEFT, BOTTOM + 40, "random arrivals, mean interval in seconds");
    for (double interval = 100; interval <= 100_000; interval *= 10) {
      grid(x(interval), TOP, x(interval), BOTTOM);
      text(x(interval) - 8, BOTTOM + 16, label(interval / 1_000));
    }
    for (double value = from; value <= to * 1.01; value *= 10) {
      grid(LEFT, y(value), RIGHT, y(value));
      text(25, y(value) + 4, label(value));
    }
    int legend = TOP + 12;
    for (Rules rules : Rules.values()) {
      line(rules, figure);
      grid(RIGHT + 10, legend - 4, RIGHT + 25, legend - 4, rules.colour());
      text(RIGHT + 32, legend, rules.word());
      legend += 20;
    }
    return svg.append("</svg>\n").toString();
  }

  private void line(Rules rules, ToDoubleFunction<Outcome> figure) {
    svg.append("<polyline fill=\"none\" stroke=\"").append(rules.colour());
    svg.append("\" stroke-width=\"").append(rules == Rules.AUTO ? 3 : 1).append("\" points=\"");
    for (int i = 0; i <= STEPS; i++) {
      double share = (double) i / STEPS;
      double interval = INTERVAL_MIN * Math.pow(INTERVAL_MAX / INTERVAL_MIN, share);
      Outcome outcome = FlushSimulation.run(Patterns.random(interval), rules);
      svg.append(x(interval)).append(',').append(y(figure.applyAsDouble(outcome))).append(' ');
    }
    svg.append("\"/>\n");
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

  private void grid(long x1, long y1, long x2, long y2) {
    grid(x1, y1, x2, y2, "#dddddd");
  }

  private void grid(long x1, long y1, long x2, long y2, String colour) {
    svg.append("<path d=\"M").append(x1).append(' ').append(y1);
    svg.append('L').append(x2).append(' ').append(y2);
    svg.append("\" stroke=\"").append(colour).append("\"/>\n");
  }

  private void text(long x, long y, String text) {
    svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\">");
    svg.append(text).append("</text>\n");
  }
}
