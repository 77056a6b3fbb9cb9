package dev.logshipper.simulation;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What happened in a run: the last lines for people, and a fingerprint of everything. Also holds
/// the first invariant that was violated.
final class Trace {
  private static final int LINES_MAX = 80;
  private static final long FINGERPRINT_FACTOR = 0x100000001b3L;

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private long fingerprint = 0xcbf29ce484222325L;
  private @Nullable Violation violation;

  /// Something worth reading.
  void say(long atNanos, String who, String what) {
    note(what.hashCode());
    if (lines.size() == LINES_MAX) {
      lines.removeFirst();
    }
    lines.addLast(atNanos / 1_000 + " us  " + who + ": " + what);
  }

  /// Something that belongs to the fingerprint only.
  void note(long number) {
    fingerprint = (fingerprint ^ number) * FINGERPRINT_FACTOR;
  }

  long fingerprint() {
    return fingerprint;
  }

  /// Remembers the first invariant that was violated; what follows it may be its consequence.
  void breaks(String invariant, String how) {
    if (violation == null) {
      violation = new Violation(invariant, how + "\n" + String.join("\n", lines));
    }
  }

  @Nullable Violation violation() {
    return violation;
  }
}
