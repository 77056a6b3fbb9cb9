package dev.logshipper.intake;

import dev.logshipper.bench.code.SampleLines;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// From the body of a delivery to records.
@State(Scope.Benchmark)
public class ParserBenchmark {
  /// What the function logs.
  @Param({SampleLines.TEXT, SampleLines.JSON})
  public String lines = "";

  private final EventParser parser = new EventParser(Set.of("platform", "function"));
  private byte[] body = {};

  /// Makes the body.
  ///
  /// @throws IllegalStateException when there is an event that cannot be read, which costs less
  @Setup
  public void prepare() {
    body = SampleLines.delivery(lines);
    Delivery delivery = parser.parse(body, body.length, _ -> {});
    if (delivery.events() != SampleLines.LINES) {
      throw new IllegalStateException(delivery.toString());
    }
  }

  /// One delivery.
  @Benchmark
  public Object parse(Blackhole records) {
    return parser.parse(body, body.length, records::consume);
  }
}
