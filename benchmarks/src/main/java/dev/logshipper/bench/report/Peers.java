package dev.logshipper.bench.report;

import dev.logshipper.bench.document.MarkdownTable;
import java.util.ArrayList;
import java.util.List;

/// Figures of other extensions on the same work, built from their public sources and run by another
/// simulator on another machine with two cores (2026-11-21, medians, plain HTTP, CPU not limited):
/// not comparable to the millisecond. One row per line, with the columns of [ResultTables].
final class Peers {
  static final String START =
      """
      Axiom | 7.1 | 8.2 | 6.8 | 8.3 | – | – | 3.6
      Sumo Logic | 8.4 | 9.9 | 8.3 | 10.3 | – | – | 4.1
      Loki Lambda Extension | 9.0 | 10.5 | 8.4 | 11.6 | – | – | 5.2
      Edge Delta | 9.2 | 11.5 | 10.1 | 12.8 | – | – | 3.8
      Rotel | 8.0 | 12.2 | 22.1 | 16.1 | – | – | 5.2
      Datadog | 6.4 | 14.1 | 14.2 | 16.8 | – | – | 3.8 or more
      Adaptive Batching | 9.1 | 28.2 | 28.6 | 21.7 | – | – | 3.8
      OpenTelemetry | 20.3 | 38.8 | 40.4 | 40.5 | – | – | 16.1
      """;

  static final String STEADY =
      """
      Adaptive Batching (S3) | 0 / 0 | 10 / 1 | 62 | 38.4 | 106 | 0
      Edge Delta (HTTP) | 981 / 984 | 21 / 21 | 127 | 14.9 | 52 | 0
      Edge Delta (Firehose) | 981 / 983 | 21 / 1 | 171 | 16.1 | 54 | 0
      Loki Lambda Extension | 181 / 185 | 21 / 1 | 17 | 13.4 | 43 | 0
      Axiom | 0 / 976 | 2 / 2 | 7.6 | 9.4 | 35 | 0
      Sumo Logic | 0 / 0 | 0 / 0 | 0 | 10.5 | 19 | 200
      OpenTelemetry | 6 / 26 | 20 / 1 | 17 | 42.7 | 94 | 0–5
      Datadog | 5.6 / 10 | 20 / 20 | – | 18.5 | 40 | 0, once 9
      Rotel | 82 / 84 | 20 / 1 | – | 16.7 | 40 | 0
      """;

  static final String VOLUME =
      """
      Adaptive Batching (bytes as they came) | 24 | 47 | 31 | 30.4 | 0
      Rotel (protobuf, gzip) | 22 | 31 | 24 | 0.8 | 0
      Datadog (zstd) | 41 | 63 | 109 | 1.0 | 230
      Edge Delta (HTTP, not compressed) | 74 | 25 | 31 | 52.6 | 0
      OpenTelemetry (gzip) | 83 | 52 | 32 | 1.2 | 0
      Sumo Logic (gzip) | 124 | 29 | 60 | 1.0 | 0
      Axiom (gzip) | 166 | 28 | 31 | 1.4 | 0
      Loki Lambda Extension (snappy) | 481 | 19 | 32,850 | 10.6 | 0
      Edge Delta (Firehose) | – | – | – | – | 90,000
      """;

  static final String PATTERNS =
      """
      Adaptive Batching | 0 / 0.14 / 0.5 / 1 | 0 / 1.3 / 0.5 / 3 | 0 / 12 / 0.6 / 3 | 0 / 6.1 / 0.5 / 0 | 161 / 0.8 / 0.7 / 0
      Edge Delta | 956 / 1.0 / 1 / 0 | 571 / 0.6 / 1 / 0 | 977 / 1.0 / 1.1 / 0 | 973 / 1.0 / 1 / 0 | –
      Loki Lambda Extension | 156 / 0.2 / 1 / 0 | 178 / 0.2 / 2 / 0 | 177 / 0.2 / 2.1 / 0 | 173 / 0.2 / 1.1 / 0 | 555 / 0.3 / 2 / 0
      Axiom | 6 / 2.0 / 0.05 / 20 | 14 / 2.7 / 0.35 / 9 | 122 / 8.1 / 1 / 9 | 17 / 14 / 0.07 / 148 | 93 / 1.5 / 0.3 / 10
      Datadog | 4.4 / 7.3 / 0.14 / 0 | 16 / 9.2 / 0.5 / 0 | 35 / 0.07 / 1 / 0 | 15 / 7.4 / 0.35 / 0 | –
      Rotel | 7.2 / 7.1 / 0.14 / 8 | 39 / 8.7 / 0.5 / 9 | 76 / 0.11 / 1 / 0 | – | –
      """;

  private Peers() {}

  /// Adds the rows, names in italics.
  static void addTo(MarkdownTable table, String rows) {
    for (String line : rows.lines().toList()) {
      List<String> cells = new ArrayList<>();
      for (String cell : line.split("\\|", -1)) {
        cells.add(cell.strip());
      }
      cells.set(0, "*" + cells.getFirst() + "*");
      table.row(cells);
    }
  }
}
