package dev.logshipper.client.aws;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.support.ConnectionVariables;
import dev.logshipper.sink.support.Http1Client;
import dev.logshipper.sink.support.HttpStatus;
import dev.logshipper.sink.support.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Maps a failed call to the result for the batch, with a hint for the user. Reasons contain AWS's
/// error code, but never its message, which may quote the request, nor a request id: a message is
/// printed once, and an id would make each one different.
///
/// @param service its name for messages
/// @param principal that signed the request
/// @param variables that may be the cause of a failed connection
/// @param nowMillis wall clock
record AwsErrorClassifier(
    String service,
    SinkCredentials.Principal principal,
    ConnectionVariables variables,
    long nowMillis) {
  private static final int CODE_CHARS_MAX = 60;
  private static final int CODE_DIGITS_MAX = 3;
  private static final Set<String> EXPIRED =
      Set.of(
          "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "SecurityTokenExpired");
  private static final Set<String> DENIED =
      Set.of("AccessDenied", "AccessDeniedException", "AllAccessDisabled", "NotAuthorized");
  private static final Set<String> UNKNOWN_CREDENTIALS =
      Set.of(
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidToken",
          "InvalidTokenId",
          "InvalidSecurityToken",
          "NotSignedUp",
          "XAdminUserNotFound",
          "SignatureDoesNotMatch",
          "InvalidSignatureException",
          "IncompleteSignature",
          "MissingAuthenticationToken",
          "UnrecognizedClientException");
  private static final Set<String> TRANSIENT =
      Set.of(
          "RequestTimeout",
          "RequestTimeoutException",
          "OperationAborted",
          "PriorRequestNotComplete",
          "ResourceInUseException",
          "ConcurrentModificationException");

  /// Bytes were lost or changed on the way.
  private static final Set<String> DAMAGED = Set.of("BadDigest", "InvalidDigest", "IncompleteBody");

  /// @param permission required by the call, such as `s3:PutObject on bucket logs`
  /// @param renewed called when credentials have expired; returns whether there may be new ones
  SendResult of(AwsServiceException failure, String permission, BooleanSupplier renewed) {
    String code = code(failure);
    String response =
        service + " returned " + failure.statusCode() + (code.isEmpty() ? "" : " " + code);
    if (isExpired(code)) {
      return renewed.getAsBoolean()
          ? renewing(response)
          : SendResult.rejectedByEndpoint(
              response + ": the credentials of " + principal.name() + " have expired");
    }
    if (isTransient(failure, code)) {
      Duration after = retryAfter(failure);
      boolean busy = failure.isThrottlingException() || failure.statusCode() < 500;
      return busy
          ? SendResult.busy(after, response)
          : HttpStatus.classify(failure.statusCode(), after, response);
    }
    if (DAMAGED.contains(code)) {
      return SendResult.error(response);
    }
    if (isUnknown(code) || failure.statusCode() == 401) {
      // Some stores do not distinguish these from expired ones.
      return renewed.getAsBoolean()
          ? renewing(response)
          : SendResult.rejectedByEndpoint(response + ": check " + principal.variables());
    }
    if (isDenied(code) || failure.statusCode() == 403) {
      return SendResult.rejectedByEndpoint(
          response + ": " + principal.name() + " needs " + permission);
    }
    return isAboutTheService(code)
        ? SendResult.rejectedByEndpoint(response)
        : HttpStatus.classify(failure.statusCode(), Duration.ZERO, response);
  }

  /// Whether the code is about the key, the account or the operation, whatever the data.
  private static boolean isAboutTheService(String code) {
    return code.startsWith("KMS")
        || code.equals("OptInRequired")
        || code.equals("InvalidBucketState")
        || code.equals("UnknownOperationException");
  }

  SendResult of(IOException failure) {
    return failure instanceof CredentialsUnavailable unavailable
        ? SendResult.notSent(unavailable.reason())
        : SendResult.retry(Http1Client.reason(failure, service, variables));
  }

  private static SendResult renewing(String response) {
    return SendResult.notSent(response + ": requesting new credentials");
  }

  static boolean isExpired(String code) {
    return EXPIRED.contains(code) || code.endsWith(".Expired");
  }

  /// Whether the code stands for credentials that the service does not know. Some stores add a
  /// detail: `InvalidAccessKeyId.NotFound`.
  static boolean isUnknown(String code) {
    int dot = code.indexOf('.');
    return UNKNOWN_CREDENTIALS.contains(dot < 0 ? code : code.substring(0, dot));
  }

  static boolean isDenied(String code) {
    return DENIED.contains(code);
  }

  /// AWS's error code; empty when there is no valid one.
  static String code(AwsServiceException failure) {
    String code = failure.awsErrorDetails() == null ? null : failure.awsErrorDetails().errorCode();
    return code == null || !looksLikeACode(code) ? "" : code;
  }

  private static boolean isTransient(AwsServiceException failure, String code) {
    int status = failure.statusCode();
    // After clock skew, the SDK corrects the clock for the next attempt.
    return status >= 500
        || status == 429
        || status == 408
        || failure.isThrottlingException()
        || failure.isClockSkewException()
        || code.contains("Throttl")
        || code.contains("LimitExceeded")
        || TRANSIENT.contains(code);
  }

  /// The wait that AWS asks for, in milliseconds, or another store or a proxy, as HTTP defines it.
  private Duration retryAfter(AwsServiceException failure) {
    AwsErrorDetails details = failure.awsErrorDetails();
    SdkHttpResponse response = details == null ? null : details.sdkHttpResponse();
    if (response == null) {
      return Duration.ZERO;
    }
    long millis = number(response.firstMatchingHeader("x-amz-retry-after").orElse(""));
    return millis > 0
        ? Duration.ofMillis(millis)
        : RetryAfter.parse(response.firstMatchingHeader("Retry-After").orElse(null), nowMillis);
  }

  /// Zero for anything else than a number of up to nine digits.
  private static long number(String text) {
    try {
      return text.length() > 9 ? 0 : Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /// `XAmzContentSHA256Mismatch`, for example. A key or a token that a proxy returns instead of a
  /// code does not look like that: it is all capitals, or full of digits.
  static boolean looksLikeACode(String code) {
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
}
