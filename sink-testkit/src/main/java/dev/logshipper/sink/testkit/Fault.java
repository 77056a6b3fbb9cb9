package dev.logshipper.sink.testkit;

import java.time.Duration;
import java.util.List;

/// The reaction of a destination to one request, as scripted by [SinkContract] for a [SinkFixture].
public sealed interface Fault {

  /// Part of the lines that the contract sends. A fixture quotes it in rejections where its
  /// protocol has room for a message, as real servers quote the request; a sink must not repeat it.
  String QUOTE = "quoted-line-of-the-log";

  /// No fault: stores everything and acknowledges it.
  record None() implements Fault {}

  /// Stores nothing and throttles.
  ///
  /// @param retryAfter the wait to ask for, in whole seconds; zero to ask for none
  record Throttle(Duration retryAfter) implements Fault {}

  /// Stores nothing, for a temporary reason: 503 or the protocol's equivalent.
  record Unavailable() implements Fault {}

  /// Stores nothing, permanently: 400 or the protocol's equivalent.
  record Reject() implements Fault {}

  /// Stores all records except some, and reports which. Scripted only for fixtures with
  /// [Trait#PARTIAL_RETRY] or [Trait#PARTIAL_REJECTION].
  ///
  /// @param retry indexes, in the order sent, of records not stored for a temporary reason
  /// @param rejected indexes, in the order sent, of records rejected permanently
  record Partial(List<Integer> retry, List<Integer> rejected) implements Fault {
    public Partial {
      retry = List.copyOf(retry);
      rejected = List.copyOf(rejected);
    }

    /// Returns whether the destination stores a record.
    public boolean stores(int index) {
      return !retry.contains(index) && !rejected.contains(index);
    }
  }

  /// Reads the request, stores nothing and sends nothing until the sink closes the connection.
  record Hang() implements Fault {}

  /// Reads the request, stores nothing, and sends a response that never ends, a byte at a time.
  record Trickle() implements Fault {}

  /// Reads the request, stores everything, and resets the connection without a response: the worst
  /// unknown outcome.
  record Disconnect() implements Fault {}

  /// Resets a connection at its second or a later request and stores nothing: its peer was lost
  /// during a freeze. Skipped for the first request of a connection.
  record DeadConnection() implements Fault {}

  /// Closes all idle connections at once: the peer closed them in an orderly way during a freeze.
  /// It responds to no request.
  record ClosedConnection() implements Fault {}
}
