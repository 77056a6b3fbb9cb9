package dev.logshipper.client.http;

import dev.logshipper.sink.SendResult;
import java.util.function.IntFunction;

/// What an answer, or the lack of one, means for the batch unless the destination has a rule of its
/// own, and what a person can do about it. Reasons never quote the other side: it may echo what it
/// was sent. Immutable and thread-safe.
///
/// @param host of the endpoint
/// @param remedy what to do about a status for which the batch is refused: "check `VARIABLE`"
public record Verdict(String host, IntFunction<String> remedy) {

  /// 2xx is delivered; 408, 429, 5xx and the lack of an answer are worth a retry; the rest is
  /// refused for good, redirects included.
  public SendResult of(Reply reply) {
    // No switch: the JVM makes a class for one over types, which the first delivery would wait for.
    if (reply instanceof Reply.NoAnswer none) {
      return SendResult.retry(none.reason());
    }
    Reply.Answer answer = (Reply.Answer) reply;
    int status = answer.status();
    if (status >= 200 && status <= 299) {
      return SendResult.DELIVERED;
    }
    if (status == 408 || status == 429 || status >= 500) {
      return new SendResult.Retry(answer.retryAfter(), host + " answered " + status);
    }
    return refused(status);
  }

  /// That the batch is refused for good, and what to do about it.
  public SendResult.Rejected refused(int status) {
    String todo =
        status == 407
            ? "check the user and password in the URL of the proxy"
            : remedy.apply(status);
    return new SendResult.Rejected(host + " answered " + status + ": " + todo);
  }
}
