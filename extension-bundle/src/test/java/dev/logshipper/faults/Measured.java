package dev.logshipper.faults;

import dev.logshipper.bundle.BundledSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The worst measurements of this test run, by fault and sink. Thread-safe.
final class Measured {
  private static final Map<String, Worst> WORST = new ConcurrentHashMap<>();

  private Measured() {}

  private record Worst(double heldMillis, int lost, int doubled, int written) {
    Worst with(Worst other) {
      Worst more = other.lost > lost ? other : this;
      return new Worst(
          Math.max(heldMillis, other.heldMillis),
          more.lost,
          Math.max(doubled, other.doubled),
          more.written);
    }
  }

  /// Records the result of one run.
  static void note(Fault fault, FaultRun run) {
    Deliveries deliveries = run.deliveries();
    Worst seen =
        new Worst(
            deliveries.heldMillisMax(),
            deliveries.lost().size(),
            deliveries.doubled().size(),
            deliveries.written());
    Worst _ = WORST.merge(key(fault, run.sink()), seen, Worst::with);
  }

  /// Whether a fault has measurements.
  static boolean any(Fault fault) {
    return BundledSink.ALL.stream().anyMatch(sink -> WORST.containsKey(key(fault, sink)));
  }

  /// For each sink the milliseconds held, and the lines lost or duplicated, if any.
  static String cell(Fault fault) {
    return BundledSink.ALL.stream()
        .map(sink -> words(WORST.get(key(fault, sink))))
        .collect(Collectors.joining(" / "));
  }

  private static String words(@Nullable Worst worst) {
    if (worst == null) {
      return "–";
    }
    StringBuilder words = new StringBuilder().append((long) Math.ceil(worst.heldMillis));
    if (worst.lost > 0) {
      words.append(" (lost ").append(worst.lost).append(" of ").append(worst.written).append(')');
    }
    if (worst.doubled > 0) {
      words.append(" (").append(worst.doubled).append(" twice)");
    }
    return words.toString();
  }

  private static String key(Fault fault, BundledSink sink) {
    return fault.value() + "|" + sink.mode();
  }
}
