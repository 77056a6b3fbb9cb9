package dev.logshipper.client.http;

import dev.logshipper.sink.SendResult;
import java.util.function.IntFunction;

/// Maps a response, or the lack of one, to the result of a send, for destinations without a rule of
/// their own. Reasons never quote the server, which may echo the request. Immutable and
/// thread-safe.
///
/// @param host of the endpoint
/// @param hint for the user about a status that rejects the batch: "check `VARIABLE`"
public record ResponseClassifier(String host, IntFunction<String> hint) {

  /// 2xx is delivered; 408, 429, 5xx and no response are retried; all other statuses reject the
  /// batch, redirects included.
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
    if (status == 408 || status == 429 || status >= 500) {
      return new SendResult.Retry(response.retryAfter(), host + " returned " + status);
    }
    return rejected(status);
  }

  /// A rejection with the hint for its status.
  public SendResult.Rejected rejected(int status) {
    String todo =
        status == 407 ? "check the user and password in the proxy URL" : hint.apply(status);
    return new SendResult.Rejected(host + " returned " + status + ": " + todo);
  }
}
