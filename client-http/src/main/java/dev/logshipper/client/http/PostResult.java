package dev.logshipper.client.http;

import java.time.Duration;

/// The result of one attempt to post. Immutable.
public sealed interface PostResult {

  /// The server responded.
  ///
  /// @param retryAfter the wait it requests; zero when it requests none
  /// @param errorBody the received beginning of the body for a status from 400 on, up to the
  ///   transport's limit; it may echo the request, so it must not be shown
  record Response(int status, Duration retryAfter, String errorBody) implements PostResult {}

  /// Nothing is known to have arrived.
  ///
  /// @param reason for people; names the host and the phase of the request
  /// @param cut whether the peer ended the connection after the request had begun
  record NoResponse(String reason, boolean cut) implements PostResult {}
}
