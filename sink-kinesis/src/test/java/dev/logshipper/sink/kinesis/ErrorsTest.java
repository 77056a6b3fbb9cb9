package dev.logshipper.sink.kinesis;

import static dev.logshipper.sink.kinesis.KinesisFixture.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a call that Firehose refuses as a whole.
class ErrorsTest {
  private FakeFirehose firehose;

  @BeforeEach
  void start() throws IOException {
    firehose = new FakeFirehose();
  }

  @AfterEach
  void stop() {
    firehose.close();
  }

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
  void whatMayPassIsWorthARetry(int status, String type) throws Exception {
    assertThat(resultOf(FakeFirehose.error(status, type, "you sent hush")))
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
    "400, ExpiredTokenException, the credentials of the function have expired",
    "403, InvalidSignatureException, check AWS_ACCESS_KEY_ID",
    "400, UnrecognizedClientException, check AWS_ACCESS_KEY_ID",
    "404, UnknownOperationException, returned 404"
  })
  void permanentErrorIsRejectedWithAHint(int status, String type, String remedy) throws Exception {
    SendResult result = resultOf(FakeFirehose.error(status, type, "you sent hush"));

    assertThat(result).isInstanceOf(SendResult.Rejected.class);
    assertThat(((SendResult.Rejected) result).reason())
        .contains(remedy)
        .doesNotContain("hush", KinesisFixture.SECRET, KinesisFixture.TOKEN);
  }

  @Test
  void typeInAHeaderIsUnderstoodToo() throws Exception {
    SendResult result = resultOf(FakeFirehose.errorInHeader(400, "ResourceNotFoundException"));

    assertThat(((SendResult.Rejected) result).reason()).contains("there is no delivery stream");
  }

  @Test
  void typeWithItsNamespaceIsUnderstoodToo() throws Exception {
    SendResult result =
        resultOf(
            FakeFirehose.error(
                400, "com.amazonaws.firehose.v20150804#ResourceNotFoundException", ""));

    assertThat(((SendResult.Rejected) result).reason()).contains("there is no delivery stream");
  }

  @Test
  void waitThatTheServerAsksForIsPassedOn() throws Exception {
    SendResult result =
        resultOf(
            FakeFirehose.error(503, "ServiceUnavailableException", "")
                .newBuilder()
                .addHeader("Retry-After", 7)
                .build());

    assertThat(((SendResult.Retry) result).after()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void streamThatDoesNotExistIsNamedWithItsRegion() throws Exception {
    try (KinesisFixture kinesis =
        new KinesisFixture(
            firehose.url(), "KINESIS_ENDPOINT", "nowhere", "PUSHER_KINESIS_REGION", "us-west-2")) {
      assertThat(kinesis.send(batch("x")))
          .isEqualTo(
              SendResult.rejectedByEndpoint(
                  "there is no delivery stream nowhere in us-west-2:"
                      + " check KINESIS_ENDPOINT / PUSHER_KINESIS_REGION"));
    }
  }

  @Test
  void answerThatIsNoJsonLeavesTheOutcomeUnknown() throws Exception {
    assertThat(resultOf(FakeFirehose.answer("<html>hush</html>")))
        .isInstanceOf(SendResult.Retry.class)
        .extracting(result -> ((SendResult.Retry) result).reason())
        .asString()
        .doesNotContain("hush");
  }

  private SendResult resultOf(MockResponse answer) throws Exception {
    firehose.answering(call -> answer);
    try (KinesisFixture kinesis = new KinesisFixture(firehose.url())) {
      SendResult result = kinesis.send(batch("hush"));

      assertThat(firehose.requests()).isEqualTo(1);
      assertThat(kinesis.said.lines()).isEmpty();
      return result;
    }
  }
}
