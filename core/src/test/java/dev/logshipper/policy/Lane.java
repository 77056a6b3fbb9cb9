package dev.logshipper.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// One lane of ours, or the only way out of another extension: one request at a time. To write a
/// request takes the environment a moment, which a freeze puts off; the destination goes on in a
/// freeze, but that it has answered is seen only after it.
final class Lane {
  /// Encoding, compressing and writing a request.
  private static final long WRITE_NANOS = Clocked.nanos(1.5);

  private final Destination destination;
  private final Figures figures;
  private final long cutNanos;
  private final ArrayDeque<Lines> waiting = new ArrayDeque<>();
  private final List<Lines> inFlight = new ArrayList<>();
  private long oldestArrivedNanos;
  private boolean demanded;
  private long startedNanos;
  private long writtenNanos = Clocked.NEVER;
  private long answeredNanos = Clocked.NEVER;
  private long usualSendNanos;

  /// @param cutNanos age at which lines leave by themselves
  Lane(Destination destination, Figures figures, long cutNanos) {
    this.destination = destination;
    this.figures = figures;
    this.cutNanos = cutNanos;
  }

  void add(Lines lines, long nowNanos) {
    if (waiting.isEmpty()) {
      oldestArrivedNanos = nowNanos;
    }
    waiting.addLast(lines);
  }

  void demand() {
    demanded = !waiting.isEmpty();
  }

  boolean isSettled() {
    return inFlight.isEmpty() && (waiting.isEmpty() || !demanded);
  }

  private boolean isSending() {
    return !inFlight.isEmpty();
  }

  /// Lines that wait or are being sent.
  int heldCount() {
    return Lines.count(waiting) + Lines.count(inFlight);
  }

  long usualSendNanos() {
    return usualSendNanos;
  }

  /// When something happens here by itself.
  long nextNanos() {
    if (isSending()) {
      return answeredNanos;
    }
    if (waiting.isEmpty()) {
      return Clocked.NEVER;
    }
    return demanded ? 0 : cutAtNanos();
  }

  private long cutAtNanos() {
    return cutNanos == Clocked.NEVER ? cutNanos : oldestArrivedNanos + cutNanos;
  }

  void proceed(long nowNanos) {
    if (isSending() && answeredNanos <= nowNanos) {
      for (Lines lines : inFlight) {
        figures.arrived(lines, answeredNanos);
      }
      inFlight.clear();
      took(nowNanos - startedNanos);
    }
    if (!isSending() && !waiting.isEmpty() && (demanded || cutAtNanos() <= nowNanos)) {
      inFlight.addAll(waiting);
      waiting.clear();
      demanded = false;
      figures.request();
      startedNanos = nowNanos;
      writtenNanos = nowNanos + WRITE_NANOS;
      answeredNanos = writtenNanos + Clocked.nanos(destination.answerMillis(nowNanos));
    }
  }

  private void took(long nanos) {
    long change = nanos - usualSendNanos;
    usualSendNanos += usualSendNanos == 0 ? change : change / (change < 0 ? 2 : 8);
  }

  /// The environment did not run for a while.
  void wasFrozen(long fromNanos, long toNanos) {
    if (isSending() && writtenNanos > fromNanos) {
      writtenNanos += toNanos - fromNanos;
      answeredNanos += toNanos - fromNanos;
    }
  }
}
