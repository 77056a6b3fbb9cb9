package dev.logshipper.client.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.support.ConnectionVariables;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// With responses of AWS as parsed by the SDK.
class AwsErrorClassifierTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown",
    "503, ServiceUnavailable",
    "500, InternalError",
    "400, RequestTimeout",
    "400, ThrottlingException",
    "400, RequestLimitExceeded",
    "429, TooManyRequests",
    "409, OperationAborted",
    "403, RequestTimeTooSkewed",
  })
  void temporaryErrorIsRetried(int status, String code) throws Exception {
    String reason = "AWS returned " + status + " " + code;
    assertThat(resultOf(status, code))
        .isEqualTo(
            status == 500 ? SendResult.error(reason) : SendResult.busy(Duration.ZERO, reason));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 0", "soon, 0", "99999, 99999", "99999999999, 0"})
  void requestedWaitIsPassedOn(String retryAfter, long seconds) throws Exception {
    assertThat(resultOf(503, "SlowDown", "Retry-After", retryAfter))
        .isEqualTo(SendResult.busy(Duration.ofSeconds(seconds), "AWS returned 503 SlowDown"));
  }

  @Test
  void waitInMillisecondsTakesPrecedence() throws Exception {
    assertThat(resultOf(503, "SlowDown", "Retry-After", "9", "x-amz-retry-after", "1500"))
        .isEqualTo(SendResult.busy(Duration.ofMillis(1_500), "AWS returned 503 SlowDown"));
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, the function's role needs s3:PutObject on b",
    "400, AccessDeniedException, the function's role needs s3:PutObject on b",
    "403, SomethingNew, the function's role needs s3:PutObject on b",
    "403, InvalidAccessKeyId, 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN'",
    "403, SignatureDoesNotMatch, 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN'",
    "400, UnrecognizedClientException, 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN'",
    "400, ExpiredToken, the credentials of the function's role have expired",
    "403, SecurityTokenExpired, the credentials of the function's role have expired",
    "403, InvalidAccessKeyId.NotFound, 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN'",
    "401, Unauthorized, 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN'",
    "400, ExpiredTokenException, the credentials of the function's role have expired",
  })
  void rejectionContainsAHint(int status, String code, String hint) throws Exception {
    assertThat(resultOf(status, code))
        .isEqualTo(
            SendResult.rejectedByEndpoint("AWS returned " + status + " " + code + ": " + hint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KMSThrottlingException",
        "KMS.ThrottlingException",
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ResourceInUseException",
        "ConcurrentModificationException"
      })
  void limitThatPassesIsRetried(String code) throws Exception {
    assertThat(resultOf(400, code))
        .isEqualTo(SendResult.busy(Duration.ZERO, "AWS returned 400 " + code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BadDigest", "InvalidDigest", "IncompleteBody"})
  void bodyThatWasDamagedOnTheWayIsSentAgain(String code) throws Exception {
    assertThat(resultOf(400, code)).isEqualTo(SendResult.error("AWS returned 400 " + code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"KMSAccessDeniedException", "KMSInvalidStateException", "OptInRequired"})
  void errorAboutTheKeyOrTheAccountRejectsAnyBatch(String code) throws Exception {
    assertThat(resultOf(400, code))
        .isEqualTo(SendResult.rejectedByEndpoint("AWS returned 400 " + code));
  }

  @Test
  void anyOtherErrorRejectsTheBatch() throws Exception {
    assertThat(resultOf(400, "InvalidArgument"))
        .isEqualTo(SendResult.rejected("AWS returned 400 InvalidArgument"));
  }

  @Test
  void renewableExpiredCredentialsAreRetried() throws Exception {
    assertThat(
            new AwsErrorClassifier(
                    "AWS", SinkCredentials.Principal.FUNCTION, ConnectionVariables.NONE, 0)
                .of(failure(400, "ExpiredToken"), "x", () -> true))
        .isEqualTo(SendResult.notSent("AWS returned 400 ExpiredToken: requesting new credentials"));
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, the owner of X_KEY needs s3:PutObject on b",
    "403, InvalidAccessKeyId, check X_KEY and X_SECRET",
    "403, ExpiredToken, the credentials of the owner of X_KEY have expired",
  })
  void hintIsAboutTheCredentialsInUse(int status, String code, String hint) throws Exception {
    SinkCredentials.Principal owner =
        new SinkCredentials.Principal("the owner of X_KEY", "X_KEY and X_SECRET");

    assertThat(
            new AwsErrorClassifier("AWS", owner, ConnectionVariables.NONE, 0)
                .of(failure(status, code), "s3:PutObject on b", () -> false))
        .isEqualTo(
            SendResult.rejectedByEndpoint("AWS returned " + status + " " + code + ": " + hint));
  }

  @Test
  void renewableUnknownCredentialsAreRetried() throws Exception {
    assertThat(
            new AwsErrorClassifier(
                    "AWS", SinkCredentials.Principal.FUNCTION, ConnectionVariables.NONE, 0)
                .of(failure(403, "InvalidTokenId"), "x", () -> true))
        .isEqualTo(
            SendResult.notSent("AWS returned 403 InvalidTokenId: requesting new credentials"));
  }

  @Test
  void invalidCodeIsNotRepeated() throws Exception {
    assertThat(resultOf(400, "your secret is hush"))
        .isEqualTo(SendResult.rejected("AWS returned 400"));
    assertThat(resultOf(400, "x".repeat(61))).isEqualTo(SendResult.rejected("AWS returned 400"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ASIAQ2WERTYUIOPASDFG", "wJalrXUtnFEMI7K7MDENG0bPxRfi1", "FwoGZXIvYXdzEB0a-h7"})
  void keyOrTokenInsteadOfACodeIsNotRepeated(String echoed) throws Exception {
    assertThat(resultOf(400, echoed)).isEqualTo(SendResult.rejected("AWS returned 400"));
  }

  @Test
  void codeWithDigitsIsRepeated() throws Exception {
    assertThat(resultOf(400, "XAmzContentSHA256Mismatch"))
        .isEqualTo(SendResult.rejected("AWS returned 400 XAmzContentSHA256Mismatch"));
  }

  private SendResult resultOf(int status, String code, String... headers) throws Exception {
    return new AwsErrorClassifier(
            "AWS", SinkCredentials.Principal.FUNCTION, ConnectionVariables.NONE, 0)
        .of(failure(status, code, headers), "s3:PutObject on b", () -> false);
  }

  private AwsServiceException failure(int status, String code, String... headers) throws Exception {
    MockResponse.Builder response =
        new MockResponse.Builder()
            .code(status)
            .body(
                "<Error><Code>"
                    + code
                    + "</Code><Message>hush</Message><RequestId>R1</RequestId></Error>");
    for (int i = 0; i < headers.length; i += 2) {
      response.addHeader(headers[i], headers[i + 1]);
    }
    server.enqueue(response.build());
    try (AwsAccess access = FirstCall.access("http://127.0.0.1:" + server.getPort())) {
      Object _ = FirstCall.put(access, 10, FirstCall.in(20_000));
      throw new AssertionError("it succeeded");
    } catch (AwsServiceException failure) {
      return failure;
    }
  }
}
