package dev.logshipper.bench.code;

import static java.util.Objects.requireNonNull;

import dev.logshipper.redact.RedactionKind;
import dev.logshipper.redact.Redactor;
import dev.logshipper.sink.LogRecord;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The search of one delivery's records for values to redact, of which there are none, as in most
/// lines.
@State(Scope.Benchmark)
public class RedactBenchmark {
  /// The lines of the function.
  @Param({SampleLines.TEXT, SampleLines.JSON})
  public String lines = SampleLines.TEXT;

  /// As in `PUSHER_REDACT`.
  @Param({"card", "email", "aws-key", "card,email,aws-key", "all"})
  public String kinds = "all";

  private List<LogRecord> records = List.of();
  private Redactor redactor = redactor("all");

  /// Makes the lines.
  @Setup
  public void start() {
    records = SampleLines.records(lines);
    redactor = redactor(kinds);
  }

  /// One delivery's records.
  ///
  /// @return how many were kept
  @Benchmark
  public int apply() {
    int kept = 0;
    for (LogRecord record : records) {
      kept += redactor.apply(record) == null ? 0 : 1;
    }
    return kept;
  }

  private static Redactor redactor(String kinds) {
    return new Redactor(requireNonNull(RedactionKind.parse(kinds)), List.of(), null);
  }
}
