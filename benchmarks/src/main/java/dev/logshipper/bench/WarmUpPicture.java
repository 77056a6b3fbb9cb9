package dev.logshipper.bench;

import java.util.List;

/// For each size of memory what a cold start takes without a warm-up and with one: init, then what
/// the first invocation is held.
final class WarmUpPicture {
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
  private final StringBuilder svg = new StringBuilder();

  WarmUpPicture(Results results, String candidate, List<Integer> megabytes) {
    this.results = results;
    this.candidate = candidate;
    this.megabytes = megabytes;
  }

  String draw() {
    int height = TOP + GROUP * megabytes.size() + 10;
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 780 ").append(height);
    svg.append("\" font-family=\"sans-serif\" font-size=\"12\">\n");
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    text(10, 20, "a cold start of " + candidate + " over TLS, milliseconds: medians");
    box(LEFT, 30, 20, INIT_COLOUR);
    text(LEFT + 26, 41, "init, CPU not limited");
    box(LEFT + 200, 30, 20, HELD_COLOUR);
    text(LEFT + 226, 41, "first invocation held, CPU of the function's memory");
    double most = 1;
    for (int size : megabytes) {
      most = Math.max(most, Math.max(sum(size, false), sum(size, true)));
    }
    int y = TOP;
    for (int size : megabytes) {
      text(10, y + BAR + 4, size + " MB");
      bar(size, false, y, most);
      bar(size, true, y + BAR + 2, most);
      y += GROUP;
    }
    return svg.append("</svg>\n").toString();
  }

  private void bar(int size, boolean warm, int y, double most) {
    double scale = (RIGHT - LEFT) / most;
    int init = (int) Math.round(median(size, warm, WarmUp.INIT) * scale);
    int held = (int) Math.round(median(size, warm, WarmUp.HELD) * scale);
    text(LEFT - 62, y + BAR - 3, warm ? "with" : "without");
    box(LEFT, y, init, INIT_COLOUR);
    box(LEFT + init, y, held, HELD_COLOUR);
    String numbers =
        Report.number(median(size, warm, WarmUp.INIT))
            + " + "
            + Report.number(median(size, warm, WarmUp.HELD));
    text(LEFT + init + held + 6, y + BAR - 3, numbers);
  }

  private double sum(int size, boolean warm) {
    return median(size, warm, WarmUp.INIT) + median(size, warm, WarmUp.HELD);
  }

  private double median(int size, boolean warm, Figure figure) {
    WarmUp experiment = new WarmUp(new CpuLimit(size, false), warm ? WarmUp.LONGEST_MILLIS : 0);
    return results.of(experiment.title(), candidate, figure).map(Statistics::median).orElse(0.0);
  }

  private void box(int x, int y, int width, String colour) {
    svg.append("<rect x=\"").append(x).append("\" y=\"").append(y);
    svg.append("\" width=\"").append(width).append("\" height=\"").append(BAR);
    svg.append("\" fill=\"").append(colour).append("\"/>\n");
  }

  private void text(int x, int y, String text) {
    svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\">");
    svg.append(text).append("</text>\n");
  }
}
