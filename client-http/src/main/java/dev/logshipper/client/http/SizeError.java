package dev.logshipper.client.http;

import dev.logshipper.sink.support.SizeWording;

/// Recognizes a response that declines a request for its size, whatever its status: 413, or another
/// error whose text gives the size as the reason. Stateless.
public final class SizeError {
  /// Enough of an error's body for its reason.
  public static final int BODY_BYTES = 2048;

  private SizeError() {}

  /// Whether the destination may accept a smaller request. One that asks for a wait is busy.
  public static boolean isIn(PostResult.Response response) {
    int status = response.status();
    return status == 413
        || (status >= 400
            && status != 401
            && response.retryAfter().isZero()
            && SizeWording.isIn(response.errorBody()));
  }
}
