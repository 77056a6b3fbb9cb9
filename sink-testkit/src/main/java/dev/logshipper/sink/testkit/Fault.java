package dev.logshipper.sink.testkit;

import java.time.Duration;
import java.util.List;

/// What a destination does with one request, as a [SinkFixture] is told by its contract.
public sealed interface Fault {

  /// Part of lines that the contract sends. A refusal of a fixture quotes it where its protocol has
  /// room for words, as real servers quote what they were sent; a sink must not pass it on.
  String QUOTE = "quoted-line-of-the-log";

  /// Keeps everything and acknowledges it.
  record Ok() implements Fault {}

  /// Keeps nothing and asks for time.
  ///
  /// @param retryAfter whole seconds to name; zero: none is named
  record Throttle(Duration retryAfter) implements Fault {}

  /// Keeps nothing, for a reason of its own that will pass: 503 or what the protocol has for it.
  record Unavailable() implements Fault {}

  /// Keeps nothing and never will: 400 or what the protocol has for it.
  record Reject() implements Fault {}

  /// Keeps all but some, and says so. Only fixtures with [Trait#PARTIAL] are asked for it.
  ///
  /// @param failed places, in the order sent, of those that are not kept
  record Partial(List<Integer> failed) implements Fault {
    public Partial {
      failed = List.copyOf(failed);
    }
  }

  /// Reads the request, keeps nothing and says nothing until the sink hangs up.
  record Hang() implements Fault {}

  /// Reads the request, keeps nothing, and begins an answer that never ends, one byte after
  /// another.
  record Trickle() implements Fault {}

  /// Reads the request, keeps everything, and resets the connection without an answer: the worst of
  /// the outcomes that a sink cannot know.
  record Disconnect() implements Fault {}

  /// Resets a connection that was used before upon the next request on it, and keeps nothing: its
  /// other end was lost during a freeze without a word. A request on a fresh connection passes it
  /// by.
  record DeadConnection() implements Fault {}

  /// Closes the connections that wait for a request, at once: they were given up in an orderly way
  /// during a freeze. No request is answered with it.
  record ClosedConnection() implements Fault {}
}
