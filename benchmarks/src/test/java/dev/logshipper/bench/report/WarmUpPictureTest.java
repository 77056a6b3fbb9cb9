package dev.logshipper.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.result.Measurement;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.scenario.WarmUp;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpPictureTest {
  private final Results results = new Results();

  private void measured(int millisMax, double init, double held) {
    String table = new WarmUp(new CpuLimit(128, false), millisMax).title();
    results.add(new Measurement(table, "http", 1, WarmUp.INIT, init));
    results.add(new Measurement(table, "http", 1, WarmUp.HELD, held));
  }

  @Test
  void barsHaveTheLengthOfTheirValues() {
    measured(0, 100, 900);
    measured(WarmUp.MILLIS_MAX, 300, 200);

    String picture = new WarmUpPicture(results, "http", List.of(128)).draw();

    assertThat(picture).contains(">100 + 900<", ">300 + 200<", ">128 MB<");
    assertThat(widths(picture)).containsExactly(50, 450, 150, 100);
  }

  /// Widths of the bars, without the legend's.
  private static List<Integer> widths(String picture) {
    return picture
        .lines()
        .filter(line -> line.startsWith("<rect x"))
        .skip(2)
        .map(line -> line.replaceAll(".* width=\"(\\d+)\".*", "$1"))
        .map(Integer::valueOf)
        .toList();
  }

  @Test
  void drawsNoBarForMissingValues() {
    assertThat(widths(new WarmUpPicture(results, "http", List.of(128)).draw())).containsOnly(0);
  }
}
