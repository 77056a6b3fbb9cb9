package dev.logshipper.client.http;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.support.Http1Client;
import dev.logshipper.sink.support.HttpProxy;
import dev.logshipper.sink.support.HttpStatus;
import java.util.function.IntFunction;

/// Maps a response, or the lack of one, to the result of a send, for destinations without a rule of
/// their own. Reasons never quote the server, which may echo the request. Immutable and
/// thread-safe.
///
/// @param destination named by reasons
/// @param hint for the user about a status that rejects the batch: "check `VARIABLE`"
public record ResponseClassifier(Destination destination, IntFunction<String> hint) {

  /// The host of the endpoint, for messages.
  public String host() {
    return destination.host();
  }

  /// Classifies by the status (see [HttpStatus]); without a response, the batch is retried.
  public SendResult classify(PostResult result) {
    // No switch: the JVM makes a class for one over types, which the first delivery would wait for.
    if (result instanceof PostResult.NoResponse none) {
      return SendResult.retry(none.reason());
    }
    PostResult.Response response = (PostResult.Response) result;
    int status = response.status();
    if (status >= 200 && status <= 299) {
      return SendResult.DELIVERED;
    }
    return HttpStatus.classify(status, response.retryAfter(), reason(status));
  }

  /// The reason of a failure with a status, with the hint for it.
  public String reason(int status) {
    HttpProxy proxy = destination.proxy();
    if (status == 407 && proxy != null) {
      return Http1Client.describe(proxy.rejected(status));
    }
    if (status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505)) {
      return host() + " returned " + status;
    }
    return host() + " returned " + status + ": " + hint.apply(status);
  }
}
