package dev.logshipper.bench.report;

import dev.logshipper.bench.document.Svg;
import dev.logshipper.bench.report.FirstInvocations.Variant;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.scenario.FirstInvocation;
import dev.logshipper.bench.scenario.RunSettings;

/// Cold starts by memory size, without and with a warm-up: init and the function, for which the
/// caller waits, then the held time. The whole bar is billed.
public final class WarmUpPicture {
  private static final int LEFT = 170;
  private static final int RIGHT = 640;
  private static final int BAR = 13;
  private static final int GAP = 12;
  private static final int TOP = 64;
  private static final String INIT_COLOUR = "#9db8d2";
  private static final String FUNCTION_COLOUR = "#c9c9c9";
  private static final String HELD_COLOUR = "#c8553d";

  private final FirstInvocations measured;
  private final Machine machine;
  private final int group;
  private final Svg svg;

  public WarmUpPicture(Results results, RunSettings settings, Machine machine) {
    this.measured = new FirstInvocations(results, settings);
    this.machine = machine;
    this.group = measured.variants().size() * (BAR + 2) + GAP;
    this.svg = new Svg(860, TOP + group * measured.sizes().size());
  }

  public String draw() {
    svg.text(
        10,
        20,
        "a cold start of a Node function with "
            + measured.sink()
            + " over TLS, milliseconds: medians; all of it is billed");
    legend(10, INIT_COLOUR, "init, on " + measured.initCpu(machine));
    legend(230, FUNCTION_COLOUR, "function (until here the caller waits)");
    legend(500, HELD_COLOUR, "then held, CPU of the memory");
    double longest = 1;
    for (int size : measured.sizes()) {
      for (Variant variant : measured.variants()) {
        longest = Math.max(longest, median(size, variant, FirstInvocation.BILLED));
      }
    }
    double scale = (RIGHT - LEFT) / longest;
    int y = TOP;
    for (int size : measured.sizes()) {
      svg.text(10, y + BAR - 2, size + " MB");
      int line = y;
      for (Variant variant : measured.variants()) {
        bar(size, variant, line, scale);
        line += BAR + 2;
      }
      y += group;
    }
    return svg.toString();
  }

  private void legend(int x, String colour, String text) {
    svg.box(x, 32, 20, BAR, colour);
    svg.text(x + 26, 43, text);
  }

  private void bar(int size, Variant variant, int y, double scale) {
    int init = length(size, variant, FirstInvocation.INIT, scale);
    int function = length(size, variant, FirstInvocation.FUNCTION, scale);
    int held = length(size, variant, FirstInvocation.HELD, scale);
    svg.text(LEFT - 90, y + BAR - 2, variant.title());
    svg.box(LEFT, y, init, BAR, INIT_COLOUR);
    svg.box(LEFT + init, y, function, BAR, FUNCTION_COLOUR);
    svg.box(LEFT + init + function, y, held, BAR, HELD_COLOUR);
    String numbers =
        number(size, variant, FirstInvocation.INIT)
            + " + "
            + number(size, variant, FirstInvocation.FUNCTION)
            + " + "
            + number(size, variant, FirstInvocation.HELD);
    svg.text(LEFT + init + function + held + 6, y + BAR - 2, numbers);
  }

  private int length(int size, Variant variant, Figure figure, double scale) {
    return (int) Math.round(median(size, variant, figure) * scale);
  }

  private String number(int size, Variant variant, Figure figure) {
    return ExperimentTable.number(Math.rint(median(size, variant, figure)));
  }

  private double median(int size, Variant variant, Figure figure) {
    return measured.median(size, variant, figure).orElse(0);
  }
}
