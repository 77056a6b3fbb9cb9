package dev.logshipper.pipeline;

/// Decides whether the records of a lane are kept although its endpoint rejects any batch (a status
/// like 401, 403 or 404). One that accepted records before may do so again soon: a rollout, a load
/// balancer, a rate limit. Guarded by the buffer's lock.
final class RejectionGrace {
  /// An environment that was frozen for all the time gets its attempts.
  private static final int ATTEMPTS_MIN = 3;

  private final long nanos;
  private boolean active;
  private boolean over;
  private long sinceNanos;
  private int attempts;

  /// @param nanos its duration; zero for none
  RejectionGrace(long nanos) {
    this.nanos = nanos;
  }

  /// Whether there is any.
  boolean isGranted() {
    return nanos > 0;
  }

  /// The endpoint rejected.
  ///
  /// @param attempt whether the attempt counts: it was not the second within an instant
  /// @return whether the records are kept
  boolean keeps(boolean attempt, long nowNanos) {
    if (over || nanos == 0) {
      return false;
    }
    if (!active) {
      active = true;
      attempts = 0;
      sinceNanos = nowNanos;
    }
    attempts += attempt ? 1 : 0;
    over = attempts >= ATTEMPTS_MIN && nowNanos - sinceNanos >= nanos;
    return !over;
  }

  /// The endpoint accepted records.
  void accepted() {
    active = false;
    over = false;
  }
}
