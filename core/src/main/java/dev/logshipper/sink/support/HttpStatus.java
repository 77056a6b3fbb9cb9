package dev.logshipper.sink.support;

import dev.logshipper.sink.SendResult;
import java.time.Duration;

/// The meaning of an HTTP status for a batch, for destinations without a rule of their own.
/// Stateless.
public final class HttpStatus {
  private HttpStatus() {}

  /// Maps the status of a response to the result of a send:
  /// - 2xx: delivered.
  /// - 408, 429, 502 to 504, and any 5xx with a wait: the destination is busy or unavailable.
  /// - 501 and 505: it lacks a feature that any batch needs, so the endpoint rejects.
  /// - other 5xx: it failed with this batch.
  /// - 400, 406, 411 to 417, 422 and 431: it rejects this batch.
  /// - all others, redirects included: the endpoint rejects.
  ///
  /// @param after the wait that the response asked for; zero when it asked for none
  /// @param reason for people, without secrets or log content
  public static SendResult classify(int status, Duration after, String reason) {
    if (status >= 200 && status <= 299) {
      return SendResult.DELIVERED;
    }
    if (status == 501 || status == 505) {
      return SendResult.rejectedByEndpoint(reason);
    }
    if (status == 408 || status == 429) {
      return SendResult.busy(after, reason);
    }
    if (status >= 500) {
      boolean unavailable = status >= 502 && status <= 504;
      return unavailable || after.isPositive()
          ? SendResult.busy(after, reason)
          : SendResult.error(reason);
    }
    return isAboutTheBatch(status)
        ? SendResult.rejected(reason)
        : SendResult.rejectedByEndpoint(reason);
  }

  private static boolean isAboutTheBatch(int status) {
    return status == 400
        || status == 406
        || (status >= 411 && status <= 417)
        || status == 422
        || status == 431;
  }
}
