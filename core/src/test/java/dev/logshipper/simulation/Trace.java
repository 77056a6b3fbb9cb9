package dev.logshipper.simulation;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What happened in a run: the last lines for people, and a fingerprint of everything. Also holds
/// the first promise that was broken.
final class Trace {
  private static final int LINES_MAX = 80;
  private static final long FINGERPRINT_FACTOR = 0x100000001b3L;

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private long fingerprint = 0xcbf29ce484222325L;
  private @Nullable Broken broken;

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

  /// Remembers the first promise that was broken; what follows it may be its consequence.
  void breaks(String promise, String how) {
    if (broken == null) {
      broken = new Broken(promise, how + "\n" + String.join("\n", lines));
    }
  }

  @Nullable Broken broken() {
    return broken;
  }
}
