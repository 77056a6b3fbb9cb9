package dev.logshipper.layer;

import dev.logshipper.sandbox.Invocation;
import dev.logshipper.sandbox.ScriptedFunction;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A function whose lines are numbered from 1 on, so that each that is missing, doubled or out of
/// order shows.
final class NumberedLines implements ScriptedFunction {
  private static final Pattern NUMBER = Pattern.compile("seq=(\\d+)");

  private final int linesPerInvocation;
  private final AtomicInteger last = new AtomicInteger();

  NumberedLines(int linesPerInvocation) {
    this.linesPerInvocation = linesPerInvocation;
  }

  @Override
  public void handle(Invocation invocation) {
    for (int line = 0; line < linesPerInvocation; line++) {
      invocation.log("line seq=" + last.incrementAndGet() + " ü \"quoted\"");
    }
  }

  /// All numbers so far.
  List<Integer> written() {
    return IntStream.rangeClosed(1, last.get()).boxed().toList();
  }

  /// The numbers that a destination has, in its order, as its readers see them when they leave out
  /// what is known to be a repetition: of a batch's id over HTTP, of a record in Firehose, which
  /// has none. Loki and S3 leave it out themselves.
  static List<Integer> storedIn(Destination destination) {
    return switch (destination) {
      case HttpDestination http -> numbers(batchesOnce(http));
      case FirehoseDestination firehose -> numbers(firehose.lines().stream().distinct().toList());
      default -> numbers(destination.lines());
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

  private static List<Integer> numbers(List<String> lines) {
    List<Integer> numbers = new ArrayList<>();
    for (String line : lines) {
      Matcher number = NUMBER.matcher(line);
      if (number.find()) {
        numbers.add(Integer.valueOf(number.group(1)));
      }
    }
    return numbers;
  }
}
