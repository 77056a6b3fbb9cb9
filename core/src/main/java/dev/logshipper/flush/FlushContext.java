package dev.logshipper.flush;

import java.util.OptionalLong;

/// The facts known when an invocation begins.
///
/// @param delivering whether the platform delivers logs at all
/// @param sendNanos typical latency of a send; empty when no destination is reachable
public record FlushContext(boolean delivering, OptionalLong sendNanos, InvocationHistory history) {

  /// Whether a flush could deliver anything.
  public boolean canDeliver() {
    return delivering && sendNanos.isPresent();
  }
}
