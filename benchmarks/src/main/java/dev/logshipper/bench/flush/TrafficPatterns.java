package dev.logshipper.bench.flush;

import dev.logshipper.advisor.simulation.SendLatency;
import dev.logshipper.bench.flush.TrafficPattern.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The patterns of the study.
final class TrafficPatterns {
  private static final double DAY_MILLIS = 86_400_000;
  private static final double QUICK_SEND_MILLIS = 3;
  private static final Draw SHORT = Draw.about(5);
  private static final Draw SECONDS = Draw.uniform(1_500, 2_500);

  private TrafficPatterns() {}

  static List<TrafficPattern> all() {
    List<TrafficPattern> all = new ArrayList<>(measured());
    all.addAll(byArrival());
    all.addAll(byWork());
    all.addAll(bySend());
    for (long daily : new long[] {10, 1_000, 10_000, 100_000, 1_000_000, 10_000_000}) {
      all.add(daily(daily));
    }
    return all;
  }

  /// Patterns on which other extensions were measured as well.
  static List<TrafficPattern> measured() {
    return List.of(
        arriving("every 50 ms", Draw.about(45)),
        arriving("every 0.45 s", Draw.about(445)),
        arriving("every 4 s", Draw.about(3_995)),
        arriving("bursts of 15, 6 s apart", Draw.bursts(15, 3, 6_000)),
        sending("every 0.25 s, a send takes 0.3 s", Draw.about(245), 300));
  }

  private static List<TrafficPattern> byArrival() {
    return List.of(
        arriving("back to back", Draw.about(0.5)),
        random(50),
        random(250),
        random(1_000),
        random(30_000),
        arriving("random bursts of 15, 6 s apart", Draw.randomBursts(15, 20, 6_000)),
        arriving("bursts of 200, a minute apart", Draw.bursts(200, 10, 60_000)),
        arriving("pairs, 20 s apart", Draw.bursts(2, 100, 20_000)),
        arriving("a day between 50 ms and 5 min", Draw.diurnal(50, 300_000, 2_000)),
        arriving("one-off", Draw.about(3_600_000)));
  }

  private static List<TrafficPattern> byWork() {
    return List.of(
        working("5 to 200 ms of work, random, 0.1 s", Draw.exponential(100), Draw.uniform(5, 200)),
        working("2 s of work, back to back", Draw.about(5), SECONDS),
        working("2 s of work, random, 10 s", Draw.exponential(10_000), SECONDS),
        working("15 min of work, a minute apart", Draw.about(60_000), Draw.about(890_000)));
  }

  private static List<TrafficPattern> bySend() {
    return List.of(
        sending("every 50 ms, a send takes 0.3 s", Draw.about(45), 300),
        sending("every 4 s, a send takes 0.3 s", Draw.about(3_995), 300),
        sending("every 4 s, a send takes 3 s", Draw.about(3_995), 3_000),
        sending("every 0.25 s, a send takes 3 s", Draw.about(245), 3_000),
        new TrafficPattern(
            "every 0.25 s, a send takes 5 ms or 0.6 s",
            Draw.about(245),
            SHORT,
            SendLatency.alternating(5, 600),
            600));
  }

  /// Random arrivals with this mean interval.
  static TrafficPattern random(double meanMillis) {
    String mean = String.format(Locale.ROOT, "random, every %.4g s", meanMillis / 1_000);
    return arriving(
        mean.replaceFirst("0+ s", " s").replace(". s", " s"), Draw.exponential(meanMillis - 5));
  }

  /// This many invocations a day, spread over as many environments as they need.
  private static TrafficPattern daily(long invocations) {
    double duration = 50;
    double busy = invocations * duration / DAY_MILLIS;
    double environments = Math.max(1, Math.ceil(busy + 2 * Math.sqrt(busy)));
    double gap = DAY_MILLIS * environments / invocations - duration;
    return working(
        String.format(Locale.ROOT, "%,d a day", invocations),
        Draw.exponential(gap),
        Draw.about(duration));
  }

  private static TrafficPattern arriving(String name, Draw gaps) {
    return sending(name, gaps, QUICK_SEND_MILLIS);
  }

  private static TrafficPattern working(String name, Draw gaps, Draw durations) {
    return new TrafficPattern(
        name, gaps, durations, SendLatency.steady(QUICK_SEND_MILLIS), QUICK_SEND_MILLIS);
  }

  private static TrafficPattern sending(String name, Draw gaps, double sendMillis) {
    return new TrafficPattern(name, gaps, SHORT, SendLatency.steady(sendMillis), sendMillis);
  }
}
