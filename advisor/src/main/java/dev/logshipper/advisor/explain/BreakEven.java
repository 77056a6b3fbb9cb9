package dev.logshipper.advisor.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// The traffic at which a destination is cheaper than CloudWatch Logs, at list prices.
///
/// @param cheaper ranges of traffic, ascending
/// @param text for people
/// @param detail limits of the ranges, or the prices where the two are closest
public record BreakEven(List<Range> cheaper, String text, String detail) {
  private static final String CHEAPER = "cheaper than CloudWatch Logs";

  private static final double RATE_MIN = 1;
  private static final double RATE_MAX = 1e7;
  private static final double STEP = 2;
  private static final int BISECTIONS = 6;

  public BreakEven {
    cheaper = List.copyOf(cheaper);
  }

  /// Traffic from one limit to another.
  ///
  /// @param fromInvocations an hour; 0 for any smaller number
  /// @param toInvocations an hour; 0 for any larger number
  /// @param fromGigabytes of lines a month, as CloudWatch bills them
  public record Range(
      double fromInvocations, double toInvocations, double fromGigabytes, double toGigabytes) {}

  /// Prices at some traffic.
  private record Point(double rate, Cost cost) {
    double share() {
      return cost.total() / cost.cloudWatch();
    }
  }

  /// @param rateMax the most invocations an hour that can be served
  /// @param prices of a month, by invocations an hour
  static BreakEven of(double rateMax, DoubleFunction<Cost> prices) {
    double max = Math.min(RATE_MAX, rateMax);
    List<Point> points = new ArrayList<>();
    for (double rate = Math.min(RATE_MIN, max); rate < max; rate *= STEP) {
      points.add(new Point(rate, prices.apply(rate)));
    }
    points.add(new Point(max, prices.apply(max)));
    if (points.getLast().cost.gigabytes() == 0) {
      return new BreakEven(List.of(), "none", "no lines to compare");
    }
    List<Range> ranges = ranges(points, prices);
    return of(ranges, points);
  }

  private static List<Range> ranges(List<Point> points, DoubleFunction<Cost> prices) {
    List<Range> ranges = new ArrayList<>();
    @Nullable Point from = null;
    boolean isOpen = points.getFirst().cost.isCheaper();
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).cost.isCheaper() != isOpen) {
        Point limit = limit(points.get(i - 1), points.get(i), prices);
        if (isOpen) {
          ranges.add(range(from, limit));
        }
        from = isOpen ? null : limit;
        isOpen = !isOpen;
      }
    }
    if (isOpen) {
      ranges.add(range(from, null));
    }
    return ranges;
  }

  private static Point limit(Point low, Point high, DoubleFunction<Cost> prices) {
    Point below = low;
    Point above = high;
    for (int i = 0; i < BISECTIONS; i++) {
      double rate = Math.sqrt(below.rate * above.rate);
      Point middle = new Point(rate, prices.apply(rate));
      if (middle.cost.isCheaper() == below.cost.isCheaper()) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return above;
  }

  private static Range range(@Nullable Point from, @Nullable Point to) {
    return new Range(
        from == null ? 0 : from.rate,
        to == null ? 0 : to.rate,
        from == null ? 0 : from.cost.gigabytes(),
        to == null ? 0 : to.cost.gigabytes());
  }

  private static BreakEven of(List<Range> ranges, List<Point> points) {
    if (ranges.isEmpty()) {
      Point best = points.getFirst();
      for (Point each : points) {
        best = each.share() < best.share() ? each : best;
      }
      return new BreakEven(ranges, "never " + CHEAPER, "at best " + perGigabyte(best));
    }
    Range first = ranges.getFirst();
    if (first.fromInvocations == 0 && first.toInvocations == 0) {
      Point worst = points.getFirst();
      for (Point each : points) {
        worst = each.share() > worst.share() ? each : worst;
      }
      return new BreakEven(ranges, "always " + CHEAPER, "at worst " + perGigabyte(worst));
    }
    List<String> parts = new ArrayList<>();
    for (Range range : ranges) {
      parts.add(
          (range.fromInvocations == 0
                  ? ""
                  : "from " + traffic(range.fromInvocations, range.fromGigabytes))
              + (range.fromInvocations == 0 || range.toInvocations == 0 ? "" : " ")
              + (range.toInvocations == 0
                  ? ""
                  : "up to " + traffic(range.toInvocations, range.toGigabytes)));
    }
    return new BreakEven(ranges, CHEAPER, String.join(", and ", parts));
  }

  private static String traffic(double invocations, double gigabytes) {
    return number(invocations) + " invocations an hour (" + number(gigabytes) + " GB a month)";
  }

  private static String perGigabyte(Point point) {
    Map.Entry<String, Double> largest = Map.entry("", -1.0);
    for (Map.Entry<String, Double> part : point.cost.parts().entrySet()) {
      largest = part.getValue() > largest.getValue() ? part : largest;
    }
    double gigabytes = point.cost.gigabytes();
    return String.format(
        Locale.ROOT,
        "%.2f USD per GB, not %.2f%s",
        point.cost.total() / gigabytes,
        point.cost.cloudWatch() / gigabytes,
        largest.getValue() <= 0 ? "" : " (mostly " + largest.getKey() + ")");
  }

  /// Two significant digits.
  private static String number(double value) {
    double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
    double rounded = Math.round(value / unit) * unit;
    return String.format(
        Locale.ROOT, rounded >= 10 ? "%,.0f" : rounded >= 1 ? "%.1f" : "%.2g", rounded);
  }
}
