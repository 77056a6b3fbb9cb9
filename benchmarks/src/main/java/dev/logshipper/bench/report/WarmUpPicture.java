package dev.logshipper.bench.report;

import dev.logshipper.bench.document.Svg;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.result.Statistics;
import dev.logshipper.bench.scenario.WarmUp;
import java.util.List;

/// Cold starts without and with a warm-up, by memory size: the duration of init, then the held time
/// of the first invocation.
public final class WarmUpPicture {
  private static final int LEFT = 150;
  private static final int RIGHT = 650;
  private static final int BAR = 14;
  private static final int GROUP = 46;
  private static final int TOP = 60;
  private static final String INIT_COLOUR = "#9db8d2";
  private static final String HELD_COLOUR = "#c8553d";

  private final Results results;
  private final String candidate;
  private final List<Integer> megabytes;
  private final Svg svg;

  public WarmUpPicture(Results results, String candidate, List<Integer> megabytes) {
    this.results = results;
    this.candidate = candidate;
    this.megabytes = megabytes;
    this.svg = new Svg(780, TOP + GROUP * megabytes.size() + 10);
  }

  public String draw() {
    svg.text(10, 20, "a cold start of " + candidate + " over TLS, milliseconds: medians");
    svg.box(LEFT, 30, 20, BAR, INIT_COLOUR);
    svg.text(LEFT + 26, 41, "init, CPU not limited");
    svg.box(LEFT + 200, 30, 20, BAR, HELD_COLOUR);
    svg.text(LEFT + 226, 41, "first invocation held, CPU of the function's memory");
    double longest = 1;
    for (int size : megabytes) {
      longest = Math.max(longest, Math.max(sum(size, false), sum(size, true)));
    }
    int y = TOP;
    for (int size : megabytes) {
      svg.text(10, y + BAR + 4, size + " MB");
      bar(size, false, y, longest);
      bar(size, true, y + BAR + 2, longest);
      y += GROUP;
    }
    return svg.toString();
  }

  private void bar(int size, boolean warm, int y, double longest) {
    double scale = (RIGHT - LEFT) / longest;
    int init = (int) Math.round(median(size, warm, WarmUp.INIT) * scale);
    int held = (int) Math.round(median(size, warm, WarmUp.HELD) * scale);
    svg.text(LEFT - 62, y + BAR - 3, warm ? "with" : "without");
    svg.box(LEFT, y, init, BAR, INIT_COLOUR);
    svg.box(LEFT + init, y, held, BAR, HELD_COLOUR);
    String numbers =
        ExperimentTable.number(median(size, warm, WarmUp.INIT))
            + " + "
            + ExperimentTable.number(median(size, warm, WarmUp.HELD));
    svg.text(LEFT + init + held + 6, y + BAR - 3, numbers);
  }

  private double sum(int size, boolean warm) {
    return median(size, warm, WarmUp.INIT) + median(size, warm, WarmUp.HELD);
  }

  private double median(int size, boolean warm, Figure figure) {
    WarmUp experiment = new WarmUp(new CpuLimit(size, false), warm ? WarmUp.MILLIS_MAX : 0);
    return results.of(experiment.title(), candidate, figure).map(Statistics::median).orElse(0.0);
  }
}
