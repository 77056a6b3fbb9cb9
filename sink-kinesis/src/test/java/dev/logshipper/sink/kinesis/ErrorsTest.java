package dev.logshipper.sink.kinesis;

import static dev.logshipper.sandbox.destination.firehose.FirehoseDestination.exception;
import static dev.logshipper.sink.kinesis.KinesisFixture.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sink.SendResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The outcome of a call that Firehose rejects as a whole.
class ErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "500, ServiceUnavailableException",
    "400, ServiceUnavailableException",
    "400, ThrottlingException",
    "400, RequestLimitExceeded",
    "500, InternalFailure",
    "503, ServiceUnavailable",
    "502, ''",
    "429, ''"
  })
  void transientErrorIsRetried(int status, String type) throws Exception {
    assertThat(resultOf(exception(status, type, "you sent hush")))
        .isInstanceOf(SendResult.Retry.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, ResourceNotFoundException, there is no delivery stream logs-to_s3.v1 in eu-west-1: check KINESIS_ENDPOINT",
    "400, AccessDeniedException, needs firehose:PutRecordBatch (PutRecord alone is not enough) on delivery stream logs-to_s3.v1",
    "403, '', needs firehose:PutRecordBatch",
    "400, InvalidKMSResourceException, cannot use its KMS key",
    "400, InvalidSourceException, CloudWatch",
    "400, InvalidArgumentException, rejected the batch as invalid",
    "400, ValidationException, rejected the batch as invalid",
    "400, ExpiredTokenException, the credentials of the function's role have expired",
    "403, InvalidSignatureException, check AWS_ACCESS_KEY_ID",
    "400, UnrecognizedClientException, check AWS_ACCESS_KEY_ID",
    "404, UnknownOperationException, returned 404"
  })
  void permanentErrorIsRejectedWithAHint(int status, String type, String hint) throws Exception {
    SendResult result = resultOf(exception(status, type, "you sent hush"));

    assertThat(result).isInstanceOf(SendResult.Rejected.class);
    assertThat(((SendResult.Rejected) result).reason())
        .contains(hint)
        .doesNotContain("hush", KinesisFixture.SECRET, KinesisFixture.TOKEN);
  }

  @Test
  void typeInAHeaderIsReadToo() throws Exception {
    SendResult result =
        resultOf(
            ScriptedResponse.status(400)
                .header(
                    "x-amzn-ErrorType",
                    "ResourceNotFoundException:http://internal.amazon.com/coral/")
                .body("{}"));

    assertThat(((SendResult.Rejected) result).reason()).contains("there is no delivery stream");
  }

  @Test
  void namespaceOfATypeIsIgnored() throws Exception {
    SendResult result =
        resultOf(exception(400, "com.amazonaws.firehose.v20150804#ResourceNotFoundException", ""));

    assertThat(((SendResult.Rejected) result).reason()).contains("there is no delivery stream");
  }

  @Test
  void retryAfterOfTheServerIsKept() throws Exception {
    SendResult result =
        resultOf(exception(503, "ServiceUnavailableException", "").retryAfterSeconds(7));

    assertThat(((SendResult.Retry) result).after()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void streamThatDoesNotExistIsNamedWithItsRegion() throws Exception {
    try (KinesisFixture kinesis =
        new KinesisFixture("KINESIS_ENDPOINT", "nowhere", "PUSHER_KINESIS_REGION", "us-west-2")) {
      assertThat(kinesis.send(batch("x")))
          .isEqualTo(
              SendResult.rejectedByEndpoint(
                  "there is no delivery stream nowhere in us-west-2:"
                      + " check KINESIS_ENDPOINT / PUSHER_KINESIS_REGION"));
    }
  }

  @Test
  void responseThatIsNotJsonLeavesTheOutcomeUnknown() throws Exception {
    assertThat(resultOf(KinesisFixture.response("<html>hush</html>")))
        .isInstanceOf(SendResult.Retry.class)
        .extracting(result -> ((SendResult.Retry) result).reason())
        .asString()
        .doesNotContain("hush");
  }

  private static SendResult resultOf(ScriptedResponse response) throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture()) {
      kinesis.server.respondNext(response);
      SendResult result = kinesis.send(batch("hush"));

      assertThat(kinesis.server.requests()).hasSize(1);
      assertThat(kinesis.output.lines()).isEmpty();
      return result;
    }
  }
}
