package dev.logshipper.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bench.Arguments;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Measurement;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.scenario.FirstInvocation;
import dev.logshipper.bench.scenario.RunSettings;
import dev.logshipper.bench.scenario.WarmUpSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpPictureTest {
  private final Results results = new Results();
  private final Machine machine = new Machine(2, 0.5);

  @Test
  void barsHaveTheLengthOfTheirValues() {
    measured(WarmUpSetting.NONE, "http", 100, 40, 800);
    measured(WarmUpSetting.LONG, "http", 300, 40, 130);

    String picture = new WarmUpPicture(results, settings(), machine).draw();

    assertThat(picture)
        .contains(">128 MB<", ">100 + 40 + 800<", ">300 + 40 + 130<", ">init, on 2 cores<");
    assertThat(widths(picture)).containsSubsequence(50, 20, 400, 150, 20, 65);
  }

  @Test
  void drawsNoBarForMissingValues() {
    assertThat(widths(new WarmUpPicture(results, settings(), machine).draw())).containsOnly(0);
  }

  @Test
  void theTableHasTheSameNumbers() {
    measured(WarmUpSetting.NONE, "http", 100, 40, 800);
    measured(WarmUpSetting.DEFAULT, "http, baseline", 200, 40, 1_000);
    assertThat(new WarmUpTable(results, settings("--baseline", "/"), machine).table().toString())
        .contains("| MB | no extension | baseline | no warm-up | warm-up | default |")
        .contains("| 128 | – | 200 / 1,000 / 1,240 / 240 | 100 / 800 / 940 / 140 | – | – |");
  }

  private void measured(
      WarmUpSetting warmUp, String candidate, double init, double function, double held) {
    add(warmUp, candidate, FirstInvocation.INIT, init);
    add(warmUp, candidate, FirstInvocation.FUNCTION, function);
    add(warmUp, candidate, FirstInvocation.HELD, held);
    add(warmUp, candidate, FirstInvocation.CALLER, init + function);
    add(warmUp, candidate, FirstInvocation.BILLED, init + function + held);
  }

  private void add(WarmUpSetting warmUp, String candidate, Figure figure, double value) {
    String table = new FirstInvocation(new CpuLimit(128, false), warmUp, null).title();
    results.add(new Measurement(table, candidate, 1, figure, value));
  }

  private static RunSettings settings(String... words) {
    List<String> line = new ArrayList<>(List.of("warm-up", "--memory", "128"));
    line.addAll(List.of(words));
    return Arguments.parse(line, Path.of("/"));
  }

  /// Widths of the bars, without the legend's.
  private static List<Integer> widths(String picture) {
    return picture
        .lines()
        .filter(line -> line.startsWith("<rect x"))
        .skip(3)
        .map(line -> line.replaceAll(".* width=\"(\\d+)\".*", "$1"))
        .map(Integer::valueOf)
        .toList();
  }
}
