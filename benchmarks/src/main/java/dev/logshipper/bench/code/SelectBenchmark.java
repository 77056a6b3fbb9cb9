package dev.logshipper.bench.code;

import static java.util.Objects.requireNonNull;

import dev.logshipper.select.RecordPattern;
import dev.logshipper.sink.LogRecord;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The search for an expression in one delivery's records, in none of which it occurs. The first
/// and the second are the same, but the second has no prefilter.
@State(Scope.Benchmark)
public class SelectBenchmark {
  /// The lines of the function.
  @Param({SampleLines.TEXT, SampleLines.JSON})
  public String lines = SampleLines.TEXT;

  /// As in `PUSHER_EXCLUDE`.
  @Param({
    "health|ready\\d+",
    "\\Qhealth\\E|ready\\d+",
    "health|readiness",
    "(?i)health.*check",
    "\\d{3}-\\d{4}-\\d{4}"
  })
  public String expression = "health";

  private List<LogRecord> records = List.of();
  private RecordPattern pattern = pattern("health");

  /// Makes the lines.
  @Setup
  public void start() {
    records = SampleLines.records(lines);
    pattern = pattern(expression);
  }

  /// One delivery's records.
  ///
  /// @return in how many it occurs
  @Benchmark
  public int matches() {
    int matching = 0;
    for (LogRecord record : records) {
      matching += pattern.matches(record) ? 1 : 0;
    }
    return matching;
  }

  private static RecordPattern pattern(String expression) {
    return requireNonNull(RecordPattern.parse(expression));
  }
}
