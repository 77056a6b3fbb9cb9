package dev.logshipper.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is measured in one run.
final class Figures {
  private final List<Arrived> arrived = new ArrayList<>();
  private long lines;
  private long invocations;
  private long heldNanos;
  private long requests;
  private long left;

  /// Lines that were stored together.
  private record Arrived(int count, double staleness) {}

  void invocation(long held) {
    invocations++;
    heldNanos += held;
  }

  void request() {
    requests++;
  }

  void left(int count) {
    left += count;
  }

  void arrived(Lines stored, long nanos) {
    if (stored.count() > 0) {
      double staleness = Clocked.millis(nanos - stored.writtenNanos()) / 1_000;
      arrived.add(new Arrived(stored.count(), staleness));
      lines += stored.count();
    }
  }

  Outcome outcome() {
    arrived.sort(Comparator.comparingDouble(Arrived::staleness));
    return new Outcome(
        Clocked.millis(heldNanos) / invocations,
        (double) requests / invocations,
        quantile(0.5),
        quantile(0.99),
        quantile(1),
        left,
        lines);
  }

  private double quantile(double part) {
    long seen = 0;
    for (Arrived next : arrived) {
      seen += next.count();
      if (seen >= part * lines) {
        return next.staleness();
      }
    }
    return 0;
  }
}
