package dev.logshipper.advisor.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Records one run.
public final class OutcomeRecorder {
  private final List<Stored> stored = new ArrayList<>();
  private long lines;
  private long bytes;
  private long invocations;
  private long heldNanos;
  private long firstInvocations;
  private long firstHeldNanos;
  private long requests;
  private long sentAtShutdown;

  /// Lines that were stored together.
  private record Stored(int count, double stalenessSeconds) {}

  /// @param isFirst whether it was the first one of its environment
  void invocation(long held, boolean isFirst) {
    invocations++;
    heldNanos += held;
    if (isFirst) {
      firstInvocations++;
      firstHeldNanos += held;
    }
  }

  void request() {
    requests++;
  }

  void sentAtShutdown(int count) {
    sentAtShutdown += count;
  }

  void stored(LogLines batch, long nanos) {
    if (batch.count() > 0) {
      double staleness = VirtualTime.millis(nanos - batch.writtenNanos()) / 1_000;
      stored.add(new Stored(batch.count(), staleness));
      lines += batch.count();
      bytes += batch.bytes();
    }
  }

  public Outcome outcome() {
    stored.sort(Comparator.comparingDouble(Stored::stalenessSeconds));
    return new Outcome(
        VirtualTime.millis(heldNanos) / invocations,
        VirtualTime.millis(firstHeldNanos) / firstInvocations,
        VirtualTime.millis(heldNanos - firstHeldNanos) / (invocations - firstInvocations),
        (double) requests / invocations,
        quantile(0.5),
        quantile(0.99),
        quantile(1),
        sentAtShutdown,
        lines,
        bytes,
        requests);
  }

  private double quantile(double share) {
    long seen = 0;
    for (Stored next : stored) {
      seen += next.count();
      if (seen >= share * lines) {
        return next.stalenessSeconds();
      }
    }
    return 0;
  }
}
