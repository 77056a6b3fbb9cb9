package dev.logshipper.client.aws;

import dev.logshipper.sink.SendResult;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What a failed call means for the batch, and what a person can do about it. Reasons hold our own
/// words and AWS's error code, never its message, which may quote what it was sent, nor a request's
/// id: each text is said once, and an id would make each a new one.
///
/// @param place the service, in words
record AwsVerdict(String place) {
  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);
  private static final int CODE_CHARS_MAX = 60;
  private static final int CODE_DIGITS_MAX = 3;
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");
  private static final Set<String> DENIED =
      Set.of("AccessDenied", "AccessDeniedException", "AllAccessDisabled", "NotAuthorized");
  private static final Set<String> UNKNOWN_CREDENTIALS =
      Set.of(
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidToken",
          "SignatureDoesNotMatch",
          "InvalidSignatureException",
          "IncompleteSignature",
          "MissingAuthenticationToken",
          "UnrecognizedClientException");
  private static final Set<String> PASSING =
      Set.of(
          "RequestTimeout", "RequestTimeoutException", "RequestLimitExceeded", "OperationAborted");

  /// @param permission what the role needs for the call, such as `s3:PutObject on bucket logs`
  /// @param renewed asked when credentials have expired: whether there may be others now
  SendResult of(AwsServiceException failure, String permission, BooleanSupplier renewed) {
    String code = code(failure);
    String answered =
        place + " answered " + failure.statusCode() + (code.isEmpty() ? "" : " " + code);
    if (EXPIRED.contains(code)) {
      return renewed.getAsBoolean()
          ? SendResult.retry(answered + ": asking for new credentials")
          : new SendResult.Rejected(answered + ": the credentials of the function have expired");
    }
    if (isPassing(failure, code)) {
      return new SendResult.Retry(retryAfter(failure), answered);
    }
    if (UNKNOWN_CREDENTIALS.contains(code)) {
      return new SendResult.Rejected(
          answered + ": check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN");
    }
    if (DENIED.contains(code) || failure.statusCode() == 403) {
      return new SendResult.Rejected(answered + ": the function's role needs " + permission);
    }
    return new SendResult.Rejected(answered);
  }

  SendResult of(TimeoutException late) {
    String phase = late.getMessage();
    return SendResult.retry(
        "timed out " + (phase == null ? "before sending to" : phase) + " " + place);
  }

  SendResult of(IOException failure) {
    return failure instanceof CredentialsUnavailable
        ? SendResult.retry("no credentials: their local address does not give any")
        : SendResult.retry("cannot reach " + place + ": " + inWords(failure));
  }

  /// AWS's error code, or nothing when it gave none or something else.
  static String code(AwsServiceException failure) {
    String code = failure.awsErrorDetails() == null ? null : failure.awsErrorDetails().errorCode();
    return code == null || !isMadeLikeACode(code) ? "" : code;
  }

  private static boolean isPassing(AwsServiceException failure, String code) {
    int status = failure.statusCode();
    // A clock that is wrong has been corrected by the SDK for the next attempt.
    return status >= 500
        || status == 429
        || status == 408
        || failure.isThrottlingException()
        || failure.isClockSkewException()
        || PASSING.contains(code);
  }

  private static Duration retryAfter(AwsServiceException failure) {
    String text =
        failure.awsErrorDetails() == null || failure.awsErrorDetails().sdkHttpResponse() == null
            ? null
            : failure
                .awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("Retry-After")
                .orElse(null);
    Duration asked = seconds(text);
    return asked.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : asked;
  }

  private static Duration seconds(@Nullable String text) {
    try {
      return text == null ? Duration.ZERO : Duration.ofSeconds(Integer.parseInt(text));
    } catch (NumberFormatException _) {
      return Duration.ZERO;
    }
  }

  /// `XAmzContentSHA256Mismatch`, say. A key or a token that a proxy echoes in the place of a code
  /// is not made like that: it is all in capitals, or has digits all over.
  private static boolean isMadeLikeACode(String code) {
    int small = 0;
    int digits = 0;
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      boolean isSmall = c >= 'a' && c <= 'z';
      boolean isDigit = c >= '0' && c <= '9';
      if (!isSmall && !isDigit && !(c >= 'A' && c <= 'Z') && c != '.') {
        return false;
      }
      small += isSmall ? 1 : 0;
      digits += isDigit ? 1 : 0;
    }
    return small > 0 && digits <= CODE_DIGITS_MAX && code.length() <= CODE_CHARS_MAX;
  }

  private static String inWords(IOException failure) {
    return switch (failure) {
      case UnknownHostException _ -> "its name is unknown";
      case NoRouteToHostException _ -> "no route to it";
      case ConnectException _ -> "connection refused";
      case SSLHandshakeException _ -> "TLS handshake failed";
      case SSLException _ -> "TLS failed";
      case SocketException _ -> "connection reset";
      case EOFException _ -> "connection closed before an answer";
      case ProtocolException _ -> "it does not speak HTTP";
      default -> "connection failed";
    };
  }
}
