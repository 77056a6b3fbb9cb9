package dev.logshipper.layer;

import dev.logshipper.faults.LineWriter;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sandbox.environment.function.Invocation;
import dev.logshipper.sandbox.environment.function.ScriptedFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A function whose lines are numbered from 1 on, so that missing, duplicate and reordered lines
/// can be found.
final class NumberedLines implements ScriptedFunction {
  private static final int AS_SHORT_AS_MAY_BE = 0;

  private final int linesPerInvocation;
  private final LineWriter lines = new LineWriter();

  NumberedLines(int linesPerInvocation) {
    this.linesPerInvocation = linesPerInvocation;
  }

  @Override
  public void handle(Invocation invocation) {
    lines.write(invocation, linesPerInvocation, AS_SHORT_AS_MAY_BE);
  }

  /// All numbers so far.
  List<Integer> written() {
    return IntStream.rangeClosed(1, lines.written()).boxed().toList();
  }

  /// The numbers of the lines at a destination, in its order, without detectable repetitions: of a
  /// batch id over HTTP, of a record in Firehose, which has no id. Loki and S3 remove repetitions
  /// themselves.
  static List<Integer> storedIn(Destination destination) {
    return switch (destination) {
      case HttpDestination http -> LineWriter.numbers(batchesOnce(http));
      case FirehoseDestination firehose ->
          LineWriter.numbers(firehose.lines().stream().distinct().toList());
      default -> LineWriter.numbers(destination.lines());
    };
  }

  private static List<String> batchesOnce(HttpDestination destination) {
    Map<String, List<String>> byBatch = new LinkedHashMap<>();
    for (ReceivedRequest request : destination.requests()) {
      if (request.acknowledged()) {
        byBatch.putIfAbsent(
            request.header("X-Log-Shipper-Batch-Id").orElseThrow(), request.lines());
      }
    }
    return byBatch.values().stream().flatMap(List::stream).toList();
  }
}
