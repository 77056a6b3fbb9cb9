package dev.logshipper.bench.report;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.document.Svg;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.result.Statistics;
import dev.logshipper.bench.scenario.Experiment;
import dev.logshipper.bench.scenario.Start;
import dev.logshipper.bench.scenario.Steady;
import dev.logshipper.bench.scenario.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Bars for the layer's sinks, above those of other extensions: ready, held, memory, and CPU per
/// megabyte. A panel that was not measured in this run shows the others only.
public final class CostPicture {
  private static final int LEFT = 250;
  private static final int PANEL = 460;
  private static final int BAR_MAX = 150;
  private static final int BAR = 13;
  private static final int ROW = BAR + 4;
  private static final int TOP = 40;
  private static final int PANEL_GAP = 34;
  private static final String OURS = "#2f6f9f";
  private static final String OTHERS = "#b9b9b9";

  private final List<String> sinks;
  private final Results results;

  public CostPicture(List<Candidate> candidates, Results results) {
    this.sinks =
        candidates.stream().filter(each -> each.role() == Role.LAYER).map(Candidate::name).toList();
    this.results = results;
  }

  public String draw() {
    List<Panel> panels =
        List.of(
            panel(
                "first event requested, ms (Java starts later)",
                Peers.START,
                2,
                new Start(CpuLimit.NONE),
                Start.READY),
            panel(
                "invocation held, median, ms",
                Peers.STEADY,
                1,
                new Steady(CpuLimit.NONE),
                Steady.HELD),
            panel(
                "memory (PSS) after 20 invocations, MB",
                Peers.STEADY,
                4,
                new Steady(CpuLimit.NONE),
                Figure.megabytes("PSS " + Steady.AFTER)),
            panel("CPU per MB of lines, ms", Peers.VOLUME, 1, Volume.STANDARD, Volume.CPU));
    int left = height(panels.get(0), panels.get(2));
    int right = height(panels.get(1), panels.get(3));
    Svg svg = new Svg(2 * PANEL, Math.max(left, right));
    svg.text(10, 20, "the layer (blue) and other extensions on the same work; shorter is better");
    draw(svg, panels.get(0), 0, TOP);
    draw(svg, panels.get(2), 0, TOP + height(panels.get(0)));
    draw(svg, panels.get(1), PANEL, TOP);
    draw(svg, panels.get(3), PANEL, TOP + height(panels.get(1)));
    return svg.toString();
  }

  private Panel panel(
      String title, String peers, int column, Experiment experiment, Figure figure) {
    Map<String, Double> ours = new LinkedHashMap<>();
    for (String sink : sinks) {
      results
          .of(experiment.title(), sink, figure)
          .map(Statistics::median)
          .ifPresent(median -> ours.put(sink, median));
    }
    return new Panel(title, ours, others(peers, column));
  }

  /// The others' values; cells without a number are omitted.
  private static Map<String, Double> others(String rows, int column) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String row : rows.lines().toList()) {
      String[] cells = row.split("\\|", -1);
      OptionalDouble value = leadingNumber(cells[column].strip());
      if (value.isPresent()) {
        values.put(cells[0].strip(), value.getAsDouble());
      }
    }
    return values;
  }

  private static OptionalDouble leadingNumber(String cell) {
    String number = cell.split("[ /]", 2)[0].replace(",", "");
    return number.matches("[0-9.]+")
        ? OptionalDouble.of(Double.parseDouble(number))
        : OptionalDouble.empty();
  }

  private static int height(Panel... panels) {
    int height = 0;
    for (Panel panel : panels) {
      height += panel.rows() * ROW + PANEL_GAP;
    }
    return height + (panels.length > 1 ? TOP : 0);
  }

  private static void draw(Svg svg, Panel panel, int x, int top) {
    svg.text(x + 10L, top + BAR, panel.title());
    int y = top + BAR + 8;
    List<Map.Entry<String, Double>> rows = new ArrayList<>(panel.ours().entrySet());
    rows.addAll(panel.others().entrySet());
    for (Map.Entry<String, Double> row : rows) {
      boolean own = rows.indexOf(row) < panel.ours().size();
      long width = Math.max(1, Math.round(row.getValue() / panel.longest() * BAR_MAX));
      svg.text(x + 10L, y + BAR - 2L, row.getKey());
      svg.box(x + LEFT, y, width, BAR, own ? OURS : OTHERS);
      svg.text(x + LEFT + width + 5, y + BAR - 2L, ExperimentTable.number(row.getValue()));
      y += ROW;
    }
  }

  private record Panel(String title, Map<String, Double> ours, Map<String, Double> others) {
    int rows() {
      return ours.size() + others.size();
    }

    double longest() {
      double longest = Double.MIN_NORMAL;
      for (Map<String, Double> values : List.of(ours, others)) {
        for (double value : values.values()) {
          longest = Math.max(longest, value);
        }
      }
      return longest;
    }
  }
}
