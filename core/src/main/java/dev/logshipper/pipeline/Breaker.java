package dev.logshipper.pipeline;

/// Remembers whether a destination is worth waiting for. While it is open no invocation waits for
/// the lane, and the lane itself tries again only now and then.
///
/// Not thread-safe: guarded by the buffer's lock.
final class Breaker {
  private static final int FAILURES_TO_OPEN = 3;

  private int failures;
  private boolean open;

  /// @param failures failed attempts since the last success
  record State(int failures, boolean isOpen) {}

  void succeeded() {
    failures = 0;
    open = false;
  }

  void failed() {
    failures++;
    open |= failures >= FAILURES_TO_OPEN;
  }

  /// Somebody waited for this lane as long as an invocation may be held, in vain.
  void waitedInVain() {
    open = true;
  }

  State state() {
    return new State(failures, open);
  }
}
