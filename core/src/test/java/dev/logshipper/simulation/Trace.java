package dev.logshipper.simulation;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The history of a run: the latest lines for people, and a fingerprint of everything. Also holds
/// the first violation.
final class Trace {
  private static final int LINES_MAX = 80;
  private static final long FINGERPRINT_FACTOR = 0x100000001b3L;

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private long fingerprint = 0xcbf29ce484222325L;
  private @Nullable Violation violation;

  /// Adds a line for people, which is part of the fingerprint.
  void log(long atNanos, String thread, String event) {
    note(event.hashCode());
    if (lines.size() == LINES_MAX) {
      lines.removeFirst();
    }
    lines.addLast(atNanos / 1_000 + " us  " + thread + ": " + event);
  }

  /// Adds a number to the fingerprint only.
  void note(long number) {
    fingerprint = (fingerprint ^ number) * FINGERPRINT_FACTOR;
  }

  long fingerprint() {
    return fingerprint;
  }

  /// Keeps the first violation; later ones may be its consequences.
  void violated(String invariant, String how) {
    if (violation == null) {
      violation = new Violation(invariant, how + "\n" + String.join("\n", lines));
    }
  }

  @Nullable Violation violation() {
    return violation;
  }
}
