package dev.logshipper.simulation;

/// The current invocation, as the extension sees it.
final class Invocation {
  private static final long MARGIN_NANOS = 250_000_000;

  private final SimulatedScheduler scheduler;
  private String requestId = "";
  private boolean active;
  private long startNanos;
  private long deadlineNanos;
  private long lostBefore;

  Invocation(SimulatedScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /// The extension has read the event.
  void started(String id, long deadline) {
    requestId = id;
    active = true;
    startNanos = scheduler.now();
    deadlineNanos = deadline;
    lostBefore = scheduler.lost();
  }

  /// The extension requests the next event.
  void ended() {
    active = false;
  }

  /// Whether the extension has not requested the next event.
  boolean isActive() {
    return active;
  }

  String requestId() {
    return requestId;
  }

  long startNanos() {
    return startNanos;
  }

  /// The latest time for ending work of this invocation.
  long marginNanos() {
    return deadlineNanos - MARGIN_NANOS;
  }

  /// The latest time for requesting the next event: the event may have arrived too late.
  long releaseByNanos() {
    return Math.max(startNanos, marginNanos());
  }

  /// Time that the environment's threads have lost since the start.
  long lost() {
    return scheduler.lost() - lostBefore;
  }
}
