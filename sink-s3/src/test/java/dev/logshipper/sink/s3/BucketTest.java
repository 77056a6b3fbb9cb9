package dev.logshipper.sink.s3;

import static dev.logshipper.sink.s3.S3Fixture.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What S3 may say to a put, as AWS says it.
@Timeout(60)
class BucketTest {
  private static final String IN_US_WEST_2 =
      "bucket logs is not in eu-west-1 but in us-west-2: set PUSHER_S3_REGION=us-west-2";

  @Test
  void missingBucketIsMadeInTheFunctionsRegionAndWrittenToByTheNextAttempt() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.refuse(404, "NoSuchBucket");
      s3.answer(200, "Location", "/logs");
      s3.answer(200);

      assertThat(s3.send()).isEqualTo(SendResult.retry("bucket logs does not exist: created it"));
      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);

      RecordedRequest put = s3.request();
      RecordedRequest creation = s3.request();
      assertThat(creation.getMethod()).isEqualTo("PUT");
      assertThat(creation.getTarget()).isEqualTo("/logs");
      assertThat(S3Fixture.text(creation))
          .contains("<LocationConstraint>eu-west-1</LocationConstraint>");
      assertThat(s3.request().getTarget()).isEqualTo(put.getTarget());
      assertThat(s3.said.lines())
          .containsExactly("log-shipper: bucket logs does not exist: created it in eu-west-1");
    }
  }

  @Test
  void bucketInUsEast1IsMadeWithoutALocation() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_REGION", "us-east-1")) {
      s3.refuse(404, "NoSuchBucket");
      s3.answer(200);
      SendResult _ = s3.send();

      RecordedRequest _ = s3.request();
      assertThat(S3Fixture.body(s3.request())).isEmpty();
    }
  }

  @Test
  void bucketThatAnotherEnvironmentHasJustMadeIsFine() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.refuse(404, "NoSuchBucket");
      s3.refuse(409, "BucketAlreadyOwnedByYou");

      assertThat(s3.send()).isInstanceOf(SendResult.Retry.class);
    }
  }

  @Test
  void newBucketThatIsNotSeenYetIsNotMadeAgain() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.refuse(404, "NoSuchBucket");
      s3.answer(200);
      s3.refuse(404, "NoSuchBucket");
      SendResult _ = s3.send();

      assertThat(s3.send()).isEqualTo(SendResult.retry("bucket logs does not exist yet"));
      assertThat(s3.server.getRequestCount()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "409, BucketAlreadyExists, bucket logs belongs to another account: choose another name",
    "403, AccessDenied, 'PLACE answered 403 AccessDenied: the function''s role needs"
        + " s3:CreateBucket, because bucket logs does not exist'",
  })
  void bucketThatCannotBeMadeIsSaid(int status, String code, String reason) throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.refuse(404, "NoSuchBucket");
      s3.refuse(status, code);

      assertThat(s3.send()).isEqualTo(new SendResult.Rejected(reason.replace("PLACE", s3.url())));
    }
  }

  @Test
  void missingBucketIsNotMadeWhenThatIsForbidden() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_CREATE_BUCKET", "false")) {
      s3.refuse(404, "NoSuchBucket");

      assertThat(s3.send())
          .isEqualTo(
              new SendResult.Rejected(
                  "bucket logs does not exist and PUSHER_S3_CREATE_BUCKET is false"));
      assertThat(s3.server.getRequestCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301, PermanentRedirect",
    "307, TemporaryRedirect",
    "400, AuthorizationHeaderMalformed",
    "400, IllegalLocationConstraintException",
  })
  void bucketInAnotherRegionIsFollowedThereAndSaid(int status, String code) throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.refuse(status, code, "hush", "x-amz-bucket-region", "us-west-2");
      s3.answer(200);

      assertThat(s3.send()).isEqualTo(SendResult.retry(IN_US_WEST_2));
      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);

      String target = s3.request().getTarget();
      RecordedRequest second = s3.request();
      assertThat(second.getTarget()).isEqualTo(target);
      assertThat(second.getHeaders().get("Authorization")).contains("/us-west-2/s3/aws4_request");
      assertThat(s3.said.lines())
          .containsExactly(
              "log-shipper: " + IN_US_WEST_2 + " to spare each environment the detour");
    }
  }

  @Test
  void bucketThatIsNowhereIsFollowedOnce() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.answer(301, "x-amz-bucket-region", "eu-west-2");
      s3.answer(301, "x-amz-bucket-region", "us-west-2");
      SendResult _ = s3.send();

      assertThat(s3.send())
          .isEqualTo(new SendResult.Rejected(IN_US_WEST_2.replace("eu-west-1", "eu-west-2")));
    }
  }

  @Test
  void regionInTheWordsOfAComplaintIsFound() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.refuse(
          400,
          "AuthorizationHeaderMalformed",
          "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting"
              + " 'us-west-2'");

      assertThat(s3.send()).isEqualTo(SendResult.retry(IN_US_WEST_2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eu-west-1", "evil.example.com/x", "US-WEST-2"})
  void regionThatIsNotSaidIsForTheUserToFind(String region) throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.refuse(301, "PermanentRedirect", "hush", "x-amz-bucket-region", region);

      assertThat(s3.send())
          .isEqualTo(
              new SendResult.Rejected(
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
    "https://s3.example.com, false",
    "https://bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com, false",
  })
  void bucketsNameGoesIntoThePathWhereNoNameCanStandBeforeTheHost(URI endpoint, boolean path) {
    assertThat(Bucket.isPlainHost(endpoint)).isEqualTo(path);
  }

  @Test
  void accessDeniedNamesPermissionAndOwner() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_BUCKET_OWNER", "123456789012")) {
      s3.refuse(403, "AccessDenied");

      assertThat(s3.send())
          .isEqualTo(
              new SendResult.Rejected(
                  s3.url()
                      + " answered 403 AccessDenied: the function's role needs s3:PutObject on"
                      + " bucket logs and the use of the bucket's KMS key, if it has one; the"
                      + " bucket must be of account 123456789012"));
    }
  }

  @Test
  void throttlingIsTriedAgainAfterTheWaitAskedFor() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.answer(503, "Retry-After", "3");

      assertThat(s3.send())
          .isEqualTo(new SendResult.Retry(Duration.ofSeconds(3), s3.url() + " answered 503"));
    }
  }

  @Test
  void expiredTokenIsSaid() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.refuse(400, "ExpiredToken", "hushhush");

      assertThat(s3.send())
          .isEqualTo(
              new SendResult.Rejected(
                  s3.url()
                      + " answered 400 ExpiredToken: the credentials of the function have expired"));
    }
  }

  @Test
  void bucketThatIsNoNameIsRefusedBeforeAnythingIsSent() throws Exception {
    Map<String, String> environment = new HashMap<>();
    S3Fixture.put(environment, "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "arn:nonsense");
    try (var sink = S3Fixture.open(environment, new CapturedOutput())) {
      assertThat(sink.send(batch("b", "x"), S3Fixture.in(10_000)))
          .isEqualTo(
              new SendResult.Rejected(
                  "s3 in eu-west-1: the AWS SDK takes one of the sink's variables for wrong and"
                      + " sends nothing"));
    }
  }
}
