package dev.logshipper.sink.http;

import dev.logshipper.sink.SendResult;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/// What an answer, or the lack of one, means for the batch, and what a person can do about it.
/// Reasons never quote the other side: it may echo what it was sent.
///
/// @param host of the endpoint
/// @param epochMillis wall clock, because a server may name the time until which to wait
record Verdict(String host, LongSupplier epochMillis) {
  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);

  SendResult of(Exchange.Answer answer) {
    int status = answer.status();
    if (status >= 200 && status <= 299) {
      return SendResult.DELIVERED;
    }
    if (status == 408 || status == 429 || status >= 500) {
      return new SendResult.Retry(wait(answer.retryAfter()), host + " answered " + status);
    }
    return new SendResult.Rejected(host + " answered " + status + ": " + remedy(status));
  }

  SendResult of(TimeoutException late) {
    return SendResult.retry("timed out " + doing(late) + " " + host);
  }

  SendResult of(IOException failure) {
    return SendResult.retry("cannot reach " + host + ": " + inWords(failure));
  }

  /// What a `Retry-After` header asks for: seconds or a date.
  private Duration wait(@Nullable String retryAfter) {
    if (retryAfter == null) {
      return Duration.ZERO;
    }
    Duration asked = seconds(retryAfter);
    if (asked == null) {
      Instant until = Headers.of("Retry-After", retryAfter).getInstant("Retry-After");
      Instant now = Instant.ofEpochMilli(epochMillis.getAsLong());
      asked = until == null ? Duration.ZERO : Duration.between(now, until);
    }
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : asked;
  }

  private static @Nullable Duration seconds(String text) {
    try {
      return Duration.ofSeconds(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static String doing(TimeoutException late) {
    String phase = late.getMessage();
    return phase == null ? "before sending to" : phase;
  }

  private static String remedy(int status) {
    return switch (status) {
      case 300, 301, 302, 303, 307, 308 ->
          "redirects are not followed, set ED_ENDPOINT to the final URL";
      case 401, 403 -> "check PUSHER_HTTP_BEARER_TOKEN / PUSHER_HTTP_HEADERS";
      case 404, 405, 410 -> "check the path in ED_ENDPOINT";
      case 407 -> "check the user and password in the URL of the proxy";
      case 413 -> "the body is too large for it, lower PUSHER_BATCH_BYTES";
      case 415 -> "check PUSHER_HTTP_FORMAT / PUSHER_HTTP_GZIP";
      default -> "check ED_ENDPOINT / PUSHER_HTTP_FORMAT";
    };
  }

  private static String inWords(IOException failure) {
    return switch (failure) {
      case UnknownHostException _ -> "its name is unknown";
      case NoRouteToHostException _ -> "no route to it";
      case ConnectException _ -> "connection refused";
      case SSLPeerUnverifiedException _ -> "its certificate is for another name";
      case SSLHandshakeException _ ->
          "TLS handshake failed (a private authority goes into PUSHER_HTTP_CA_FILE)";
      case SSLException _ -> "TLS failed";
      case SocketException _ -> "connection reset";
      case EOFException _ -> "connection closed before an answer";
      case ProtocolException _ -> "it does not speak HTTP";
      default ->
          failure.getCause() instanceof EOFException
              ? "connection closed before an answer"
              : "connection failed";
    };
  }
}
