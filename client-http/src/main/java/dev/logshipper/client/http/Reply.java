package dev.logshipper.client.http;

import java.time.Duration;

/// What came of one attempt. Immutable.
public sealed interface Reply {

  /// The server said something.
  ///
  /// @param retryAfter how long it asked to be left alone, at most an hour; zero when it did not
  /// @param refusal how it explains a status from 400 on, as far as it came and the transport was
  ///   to keep it; it may echo what it was sent, so it must not be shown
  record Answer(int status, Duration retryAfter, String refusal) implements Reply {}

  /// Nothing is known to have arrived.
  ///
  /// @param reason for people; names the host and what was being done
  record NoAnswer(String reason) implements Reply {}
}
