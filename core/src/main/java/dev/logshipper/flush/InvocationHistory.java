package dev.logshipper.flush;

/// The flush policy's input: when invocations started, how many of them have lines that are not
/// sent yet (the backlog), and the budget of misses. A miss is a backlog that became older than the
/// staleness bound. Confined to the lifecycle's thread.
public final class InvocationHistory {
  /// Misses allowed before any invocation has been on time.
  private static final double MISS_BUDGET_MAX = 2;

  /// One miss in two hundred invocations, half of what a 99th percentile leaves out.
  private static final double MISS_BUDGET_PER_INVOCATION = 1.0 / 200;

  /// An invocation that begins this soon after a flush was waiting for the end of the flush.
  private static final long QUEUED_NANOS_MAX = 10_000_000;

  /// Logged bytes that make an invocation a heavy one. Delivering and encoding that many lines
  /// needs milliseconds of CPU, which very short functions leave only if they are held.
  private static final long HEAVY_BYTES = 64 * 1024;

  /// Number of invocations for which a heavy one is remembered.
  private static final int HEAVY_INVOCATIONS = 8;

  private final ArrivalHistory arrivals;
  private final long stalenessNanos;
  private double missBudget = MISS_BUDGET_MAX;
  private long flushNanos;
  private long flushedNanos;
  private int backlog;
  private long backlogSinceNanos;
  private long latestNanos;
  private long previousNanos;
  private long loggedBytes;
  private int heavyFor;

  /// @param stalenessNanos maximum age of a record before it is sent
  public InvocationHistory(long stalenessNanos) {
    this.stalenessNanos = stalenessNanos;
    this.arrivals = new ArrivalHistory(stalenessNanos);
  }

  /// Records the start of an invocation. If the backlog became too old during a freeze, that is a
  /// miss, and is deducted from the budget.
  public void invoked(long nowNanos) {
    boolean wasQueued = flushNanos > 0 && nowNanos - flushedNanos < QUEUED_NANOS_MAX;
    arrivals.arrived(nowNanos, wasQueued ? flushNanos : 0);
    flushNanos = 0;
    previousNanos = latestNanos;
    latestNanos = nowNanos;
    if (backlog > 0 && backlogNanos() > stalenessNanos) {
      missBudget -= 1;
    }
    missBudget = Math.min(MISS_BUDGET_MAX, missBudget + MISS_BUDGET_PER_INVOCATION);
  }

  /// Records the volume of logs.
  ///
  /// @param bytes accepted since the start of the environment, read when an invocation begins
  public void logged(long bytes) {
    heavyFor = bytes - loggedBytes >= HEAVY_BYTES ? HEAVY_INVOCATIONS : Math.max(0, heavyFor - 1);
    loggedBytes = bytes;
  }

  /// Whether invocations write so much that a backlog would overflow the platform's buffer.
  boolean isHeavy() {
    return heavyFor > 0;
  }

  /// Adds the latest invocation to the backlog: its lines are delivered when the next one runs.
  public void defer() {
    if (backlog == 0) {
      backlogSinceNanos = latestNanos;
    }
    backlog++;
  }

  /// Records that the latest invocation was held for a flush, which leaves no backlog.
  public void flushed(long beginNanos, long nowNanos) {
    clearBacklog();
    flushNanos = nowNanos - beginNanos;
    flushedNanos = nowNanos;
  }

  /// Forgets the backlog: nothing is deferred by choice.
  public void clearBacklog() {
    backlog = 0;
  }

  /// Records that the backlog of earlier invocations is being sent.
  ///
  /// @param complete whether the lines of the invocation before the latest were part of it
  public void backlogSent(boolean complete) {
    backlog = complete ? 0 : 1;
    backlogSinceNanos = previousNanos;
  }

  /// Whether the platform has reported the end of the invocation before the latest, or will within
  /// the time that a backlog is waited for.
  public boolean isRuntimeDoneDue() {
    return latestNanos - previousNanos
        >= FlushPolicy.TELEMETRY_DELAY_NANOS - FlushPolicy.BACKLOG_HOLD_NANOS_MAX / 2;
  }

  ArrivalHistory arrivals() {
    return arrivals;
  }

  /// The number of misses that may still occur; zero or less when every invocation must be held.
  double missBudget() {
    return missBudget;
  }

  /// The number of invocations whose lines are not sent yet.
  public int backlog() {
    return backlog;
  }

  /// Time since the start of the first invocation in the backlog.
  long backlogNanos() {
    return backlog == 0 ? 0 : latestNanos - backlogSinceNanos;
  }
}
