package dev.logshipper.sink.s3;

import static dev.logshipper.sink.s3.S3Fixture.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.s3.S3Behaviour;
import dev.logshipper.sandbox.destination.s3.S3Bucket;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Errors of S3 upon a put.
@Timeout(60)
class BucketTest {
  private static final String IN_US_WEST_2 =
      "bucket logs is not in eu-west-1 but in us-west-2: set PUSHER_S3_REGION=us-west-2";

  @Test
  void missingBucketIsCreatedAndTheNextAttemptWrites() throws Exception {
    try (S3Fixture s3 = new S3Fixture(S3Fixture.standard())) {
      assertThat(s3.send()).isEqualTo(new SendResult.Progress(0));
      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);

      ReceivedRequest creation = s3.request(1);
      assertThat(creation.method()).isEqualTo("PUT");
      assertThat(creation.path()).isEqualTo("/logs");
      assertThat(S3Fixture.text(creation))
          .contains("<LocationConstraint>eu-west-1</LocationConstraint>");
      assertThat(s3.request(2).path()).isEqualTo(s3.request(0).path());
      assertThat(s3.server.lines()).hasSize(1);
      assertThat(s3.output.lines())
          .containsExactly("log-shipper: s3: bucket logs does not exist: created it in eu-west-1");
    }
  }

  @Test
  void bucketInUsEast1IsCreatedWithoutALocation() throws Exception {
    try (S3Fixture s3 =
        new S3Fixture(S3Behaviour.standard().in("us-east-1"), "PUSHER_S3_REGION", "us-east-1")) {
      SendResult _ = s3.send();

      assertThat(s3.request(1).body()).isEmpty();
      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);
    }
  }

  @Test
  void bucketCreatedByAnotherEnvironmentIsUsed() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.failNext(404, "NoSuchBucket");

      assertThat(s3.send()).isEqualTo(new SendResult.Progress(0));
      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);
    }
  }

  @Test
  void newBucketThatIsNotVisibleYetIsNotCreatedAgain() throws Exception {
    try (S3Fixture s3 = new S3Fixture(S3Fixture.standard())) {
      SendResult _ = s3.send();
      s3.failNext(404, "NoSuchBucket");

      assertThat(s3.send())
          .isEqualTo(SendResult.busy(Duration.ZERO, "bucket logs does not exist yet"));
      assertThat(s3.server.requests()).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "409, BucketAlreadyExists, bucket logs belongs to another account: choose another name",
    "403, AccessDenied, 'URL returned 403 AccessDenied: the function''s role needs"
        + " s3:CreateBucket, because bucket logs does not exist'",
  })
  void failedCreationIsReported(int status, String code, String reason) throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.failNext(404, "NoSuchBucket");
      s3.failNext(status, code);

      assertThat(s3.send())
          .isEqualTo(SendResult.rejectedByEndpoint(reason.replace("URL", s3.url())));
    }
  }

  @Test
  void missingBucketIsNotCreatedWhenSwitchedOff() throws Exception {
    try (S3Fixture s3 = new S3Fixture(S3Fixture.standard(), "PUSHER_S3_CREATE_BUCKET", "false")) {
      assertThat(s3.send())
          .isEqualTo(
              SendResult.rejectedByEndpoint(
                  "bucket logs does not exist and PUSHER_S3_CREATE_BUCKET is false"));
      assertThat(s3.server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301, PermanentRedirect",
    "307, TemporaryRedirect",
    "400, AuthorizationHeaderMalformed",
    "400, IllegalLocationConstraintException",
  })
  void bucketInAnotherRegionIsFollowedWithAWarning(int status, String code) throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.redirectNext(status, code, "us-west-2");
      s3.server.respondNext(ScriptedResponse.ok());

      assertThat(s3.send()).isEqualTo(new SendResult.Progress(0));
      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);

      ReceivedRequest second = s3.request(1);
      assertThat(second.path()).isEqualTo(s3.request(0).path());
      assertThat(second.header("Authorization").orElseThrow())
          .contains("/us-west-2/s3/aws4_request");
      assertThat(s3.output.lines())
          .containsExactly(
              "log-shipper: s3: " + IN_US_WEST_2 + " to save each environment a request");
    }
  }

  @Test
  void redirectOfS3IsRecognized() throws Exception {
    S3Bucket elsewhere = new S3Bucket("logs", "us-west-2", S3Bucket.OWN_ACCOUNT);
    try (S3Fixture s3 = new S3Fixture(S3Fixture.standard().with(elsewhere))) {
      assertThat(s3.send()).isEqualTo(new SendResult.Progress(0));
    }
  }

  @Test
  void bucketIsFollowedOnce() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.redirectNext(301, "PermanentRedirect", "eu-west-2");
      s3.redirectNext(301, "PermanentRedirect", "us-west-2");
      SendResult _ = s3.send();

      assertThat(s3.send())
          .isEqualTo(SendResult.rejectedByEndpoint(IN_US_WEST_2.replace("eu-west-1", "eu-west-2")));
    }
  }

  @Test
  void regionInAnErrorMessageIsFound() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.server.respondNext(
          S3Destination.error(
              400,
              "AuthorizationHeaderMalformed",
              "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting"
                  + " 'us-west-2'"));

      assertThat(s3.send()).isEqualTo(new SendResult.Progress(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eu-west-1", "evil.example.com/x", "US-WEST-2"})
  void redirectWithoutARegionIsReported(String region) throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.redirectNext(301, "PermanentRedirect", region);

      assertThat(s3.send())
          .isEqualTo(
              SendResult.rejectedByEndpoint(
                  "bucket logs is not in eu-west-1 (PermanentRedirect): set PUSHER_S3_REGION to the"
                      + " bucket's region"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9000, true",
    "http://[::1]:9000, true",
    "http://localhost, true",
    "https://minio:9000/, true",
    "https://s3.example.com, true",
    "https://s3.eu-west-1.amazonaws.com, false",
    "https://s3.cn-north-1.amazonaws.com.cn, false",
    "https://s3.eusc-de-east-1.amazonaws.eu, false",
    "https://bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com, false",
  })
  void pathStyleIsUsedForAllEndpointsButThoseOfAws(URI endpoint, boolean path) {
    assertThat(Bucket.isOfAws(endpoint)).isNotEqualTo(path);
  }

  @Test
  void accessDeniedNamesPermissionAndOwner() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_BUCKET_OWNER", "123456789012")) {
      s3.failNext(403, "AccessDenied");

      assertThat(s3.send())
          .isEqualTo(
              SendResult.rejectedByEndpoint(
                  s3.url()
                      + " returned 403 AccessDenied: the function's role needs s3:PutObject on"
                      + " bucket logs and the use of the bucket's KMS key, if any, and a bucket policy"
                      + " may demand PUSHER_S3_SSE or PUSHER_S3_ACL; the bucket must belong to"
                      + " account 123456789012"));
    }
  }

  @Test
  void throttlingIsRetriedAfterTheRequestedWait() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.server.respondNext(ScriptedResponse.status(503).retryAfterSeconds(3));

      assertThat(s3.send())
          .isEqualTo(SendResult.busy(Duration.ofSeconds(3), s3.url() + " returned 503"));
    }
  }

  @Test
  void expiredTokenIsReported() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.server.respondNext(S3Destination.error(400, "ExpiredToken", "hushhush"));

      assertThat(s3.send())
          .isEqualTo(
              SendResult.rejectedByEndpoint(
                  s3.url()
                      + " returned 400 ExpiredToken: the credentials of the function's role have expired"));
    }
  }

  @Test
  void invalidBucketNameIsRejectedBeforeARequest() throws Exception {
    Map<String, String> environment = new HashMap<>();
    S3Fixture.put(environment, "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "arn:nonsense:accesspoint");
    try (var sink = S3Fixture.open(environment, new CapturedOutput())) {
      assertThat(sink.send(batch("b", "x"), S3Fixture.in(10_000)))
          .isEqualTo(
              SendResult.rejectedByEndpoint(
                  "s3 in eu-west-1: the AWS SDK rejected one of the sink's settings and"
                      + " sent nothing"));
    }
  }
}
