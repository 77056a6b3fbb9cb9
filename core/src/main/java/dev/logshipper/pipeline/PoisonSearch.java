package dev.logshipper.pipeline;

import dev.logshipper.sink.SendResult.Cause;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds the records that a destination fails with while it accepts others, so that they do not
/// stop the lane. A batch that fails again and again is suspected; another one, the probe, is sent
/// at once to learn whether the destination works:
/// - The probe fails, too: an outage. The older batch is sent first again, nothing is given up.
/// - The probe is accepted: the suspect is set aside, the lane goes on with newer batches, and in
///   between, the suspect is halved until a single record is left that fails alone.
///
/// A failure counts against a batch only if the destination accepted another batch after the
/// failure before, and failed with no other in between. Guarded by the buffer's lock.
final class PoisonSearch {
  /// A probe has at most as many bytes: in an outage, records in flight cannot make room for newer
  /// ones.
  static final long PROBE_BYTES_MAX = 64 * 1024;

  /// Weighted failures that make a suspect, or a proven poison: three errors, or six failures that
  /// do not tell of the batch.
  static final int FAILURES_MAX = 6;

  /// The weight of a rejection by an endpoint that has accepted records: another batch shows at
  /// once whether it rejects any.
  static final int REJECTION_WEIGHT = FAILURES_MAX;

  private static final int ERROR_WEIGHT = 2;
  private static final int REJECTIONS_TO_HALVE = 3;
  private static final int HALVING_FAILURES = 3;

  /// Batches in order, as long as none of them is known to be poisoned.
  private static final int IN_ORDER_MAX = 8;

  /// A batch that gets no response delays the others by a tenth of the time at most.
  private static final int PAUSE_FACTOR = 10;

  private static final long PAUSE_NANOS_MIN = 1_000_000_000;

  /// Between attempts with batches that are set aside while there is no other to send.
  private static final long IDLE_NANOS = 5_000_000_000L;

  private final Lane lane;
  private boolean probes;
  private boolean setAsideWasLast;
  private long idleUntilNanos;

  PoisonSearch(Lane lane) {
    this.lane = lane;
  }

  /// How the lane goes on after a failure.
  enum Next {
    BACK_OFF,
    GO_ON,
    DROP
  }

  static int weight(Cause cause) {
    return cause == Cause.ERROR ? ERROR_WEIGHT : 1;
  }

  /// A batch failed, and the destination asked for no wait.
  ///
  /// @param attemptNanos duration of the attempt
  /// @param isClosing whether there is little time
  Next failed(InFlight batch, int weight, boolean isClosing, long nowNanos, long attemptNanos) {
    if (batch.isSetAside) {
      return failedAside(batch, weight, isClosing, nowNanos, attemptNanos);
    }
    forgetProofs();
    InFlight first = lane.queue.firstInOrder();
    if (first != null && batch != first) {
      batch.isProbed = true;
      first.failures = weight == ERROR_WEIGHT ? FAILURES_MAX - ERROR_WEIGHT : 0;
      first.acceptancesSeen = lane.responses.acceptances();
      return Next.BACK_OFF;
    }
    if (batch.failures < FAILURES_MAX) {
      return Next.BACK_OFF;
    }
    if (lane.responses.acceptances() > batch.acceptancesSeen) {
      batch.isSetAside = true;
      return failedAside(batch, weight, isClosing, nowNanos, attemptNanos);
    }
    boolean mayHalve =
        weight == ERROR_WEIGHT || batch.failures >= REJECTIONS_TO_HALVE * REJECTION_WEIGHT;
    return findProbe(batch, mayHalve) ? Next.GO_ON : Next.BACK_OFF;
  }

  /// The destination asked for a wait after a batch, which proves nothing.
  void askedToWait(InFlight batch, long nowNanos) {
    if (batch.isSetAside) {
      idleUntilNanos = nowNanos + IDLE_NANOS;
    }
  }

  /// The destination accepted some records of a batch; the others are to be sent again.
  ///
  /// @return whether the lane goes on without backing off
  boolean shrunk(InFlight batch, long nowNanos) {
    batch.isUntried = batch.isSetAside;
    batch.notBeforeNanos = nowNanos + PAUSE_NANOS_MIN;
    return batch.isSetAside;
  }

  /// The destination fails with a batch that is not suspected: failures so far prove nothing.
  private void forgetProofs() {
    for (InFlight batch : lane.queue.inFlight()) {
      if (batch.isSetAside) {
        batch.provenFailures = 0;
        batch.acceptancesSeen = lane.responses.acceptances();
      }
    }
  }

  /// @param mayHalve whether half of the suspect may be the probe
  private boolean findProbe(InFlight suspect, boolean mayHalve) {
    int inOrder = 0;
    for (InFlight batch : lane.queue.inFlight()) {
      inOrder += batch.isSetAside ? 0 : 1;
    }
    probes = true;
    if (nextProbe() != null || (inOrder < IN_ORDER_MAX && !lane.queue.isEmpty())) {
      return true;
    }
    if (mayHalve && suspect.size() > 1) {
      probes = false;
      for (InFlight half : lane.queue.halve(suspect)) {
        half.failures = FAILURES_MAX - ERROR_WEIGHT;
        half.acceptancesSeen = suspect.acceptancesSeen;
      }
      return true;
    }
    if (mayHalve && inOrder < IN_ORDER_MAX && halveProbe()) {
      return true;
    }
    for (InFlight batch : lane.queue.inFlight()) {
      batch.isProbed = false;
    }
    probes = inOrder > 1;
    return probes;
  }

  /// Halves a probe that has failed: no other is left.
  private boolean halveProbe() {
    for (InFlight batch : lane.queue.inFlight()) {
      if (batch.isProbed && batch.size() > 1) {
        lane.queue.halve(batch);
        return true;
      }
    }
    return false;
  }

  private @Nullable InFlight nextProbe() {
    InFlight first = lane.queue.firstInOrder();
    for (InFlight batch : lane.queue.inFlight()) {
      if (batch != first && !batch.isSetAside && !batch.isProbed) {
        return batch;
      }
    }
    return null;
  }

  private Next failedAside(
      InFlight batch, int weight, boolean isClosing, long nowNanos, long attemptNanos) {
    boolean isError = weight >= ERROR_WEIGHT;
    batch.notBeforeNanos =
        isError ? nowNanos : nowNanos + Math.max(PAUSE_NANOS_MIN, PAUSE_FACTOR * attemptNanos);
    batch.failuresAside++;
    idleUntilNanos = nowNanos + IDLE_NANOS;
    if (lane.responses.acceptances() > batch.acceptancesSeen) {
      batch.acceptancesSeen = lane.responses.acceptances();
      batch.provenFailures += Math.min(weight, ERROR_WEIGHT);
    }
    if (batch.size() == 1) {
      return batch.provenFailures >= FAILURES_MAX ? Next.DROP : Next.GO_ON;
    }
    if (isError || isClosing || batch.failuresAside >= HALVING_FAILURES) {
      for (InFlight half : lane.queue.halve(batch)) {
        half.acceptancesSeen = lane.responses.acceptances();
      }
    }
    return Next.GO_ON;
  }

  /// The batch to attempt next: batches that are set aside, and those in order, take turns.
  ///
  /// @param due moves a batch in flight if one is due
  /// @param probe moves a small batch in flight if a record waits
  /// @return null when there is nothing to attempt now
  @Nullable InFlight next(
      long nowNanos,
      boolean closing,
      Supplier<@Nullable InFlight> due,
      Supplier<@Nullable InFlight> probe) {
    if (probes) {
      probes = false;
      InFlight known = nextProbe();
      InFlight chosen = known == null ? probe.get() : known;
      if (chosen == null) {
        // All waiting records were oversized.
        lane.backoff.start(lane.backoff.failed(Duration.ZERO), closing, nowNanos);
      }
      return chosen;
    }
    InFlight first = lane.queue.firstInOrder();
    InFlight setAside = nextSetAside(nowNanos);
    if (setAside == null && first != null && first.failures >= FAILURES_MAX) {
      // Part of a batch that is set aside may show that the destination works.
      setAside = idle(nowNanos, closing);
    }
    if (setAside == null || setAsideWasLast) {
      InFlight inOrder = first == null ? due.get() : first;
      if (inOrder != null) {
        setAsideWasLast = false;
        return inOrder;
      }
      setAside = setAside == null ? idle(nowNanos, closing) : setAside;
    }
    if (setAside != null) {
      setAsideWasLast = true;
      setAside.isUntried = false;
      setAside.attemptedNanos = nowNanos;
      setAside.isTriedWhileClosing = closing;
    }
    return setAside;
  }

  private @Nullable InFlight nextSetAside(long nowNanos) {
    for (InFlight batch : lane.queue.inFlight()) {
      if (isPromising(batch) && batch.notBeforeNanos - nowNanos <= 0) {
        return batch;
      }
    }
    return null;
  }

  /// Whether another attempt with a batch that is set aside would prove something.
  private boolean isPromising(InFlight batch) {
    return batch.isSetAside
        && (batch.isUntried || lane.responses.acceptances() > batch.acceptancesSeen);
  }

  /// The batch to attempt when there is no other.
  private @Nullable InFlight idle(long nowNanos, boolean closing) {
    if (closing || !lane.queue.isEmpty()) {
      return closing ? untried() : null;
    }
    InFlight longest = null;
    for (InFlight batch : lane.queue.inFlight()) {
      boolean waitsLonger = longest == null || batch.attemptedNanos - longest.attemptedNanos < 0;
      longest = batch.isSetAside && waitsLonger ? batch : longest;
    }
    return idleUntilNanos - nowNanos > 0 ? null : longest;
  }

  private @Nullable InFlight untried() {
    for (InFlight batch : lane.queue.inFlight()) {
      if (batch.isSetAside && (!batch.isTriedWhileClosing || isPromising(batch))) {
        return batch;
      }
    }
    return null;
  }

  /// Whether the shutdown has nothing more to try for this lane.
  boolean isExhausted() {
    return lane.queue.isEmpty() && lane.queue.firstInOrder() == null && untried() == null;
  }

  /// Time until a batch that is set aside is attempted; [Long#MAX_VALUE] for none.
  long nanosUntilNext(long nowNanos) {
    long shortest = Long.MAX_VALUE;
    if (!lane.queue.inFlight().isEmpty() && lane.queue.isEmpty()) {
      shortest = Math.max(1, idleUntilNanos - nowNanos);
    }
    for (InFlight batch : lane.queue.inFlight()) {
      if (isPromising(batch)) {
        shortest = Math.min(shortest, batch.notBeforeNanos - nowNanos);
      }
    }
    return shortest;
  }
}
