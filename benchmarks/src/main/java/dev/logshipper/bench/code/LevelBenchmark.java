package dev.logshipper.bench.code;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Severity;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Reads the level of each record.
@State(Scope.Benchmark)
public class LevelBenchmark {
  /// The kind of lines.
  @Param({SampleLines.TEXT, SampleLines.JSON})
  public String lines = "";

  private List<LogRecord> records = List.of();

  /// Makes the records.
  @Setup
  public void make() {
    records = SampleLines.records(lines);
  }

  /// The number of lines that are no debugging lines, of one batch.
  ///
  /// @throws IllegalStateException if a level was not read, so that the figure would be wrong
  @Benchmark
  public int read() {
    int wanted = 0;
    for (LogRecord line : records) {
      Severity severity =
          line.severity().orElseThrow(() -> new IllegalStateException("a line without a level"));
      wanted += severity == Severity.DEBUG ? 0 : 1;
    }
    return wanted;
  }
}
